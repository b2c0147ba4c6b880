package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.Refusal;

/** Why a plugin keeps an entity. */
record Veto(long entity, String code, String reason) {
    /** Of a plugin's reason why an entity stays, and of its code. */
    static final int REASON_CHARS_MAX = 200;

    static Veto of(long entity, Refusal refusal) {
        return new Veto(entity, cut(refusal.code()), cut(refusal.reason()));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), REASON_CHARS_MAX));
    }
}
