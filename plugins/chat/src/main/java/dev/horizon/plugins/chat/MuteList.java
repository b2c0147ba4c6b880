package dev.horizon.plugins.chat;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;
import org.jspecify.annotations.Nullable;

/**
 * Whom a player doesn't want to hear; part of their profile.
 *
 * @param players by number; 0 where there is room
 */
@Component
public record MuteList(@Length(MuteList.MOST) long[] players) {
    /** Muted players at most. */
    public static final int MOST = 32;

    boolean has(long player) {
        for (long each : players) {
            if (each == player) {
                return true;
            }
        }
        return false;
    }

    /** The list with one value in the place of another, or null where that isn't in it. */
    @Nullable MuteList replacing(long old, long now) {
        long[] next = players.clone();
        for (int i = 0; i < next.length; i++) {
            if (next[i] == old) {
                next[i] = now;
                return new MuteList(next);
            }
        }
        return null;
    }
}
