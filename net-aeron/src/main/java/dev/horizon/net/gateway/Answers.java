package dev.horizon.net.gateway;

import dev.horizon.engine.events.OverloadStep;
import tools.jackson.databind.node.ObjectNode;

/** The envelopes that a gateway itself says, as UTF-8. */
final class Answers {
    private Answers() {}

    static byte[] refused(Refusal refusal) {
        ObjectNode data = data();
        data.put("code", refusal.code());
        data.put("reason", refusal.reason());
        data.put("closes", refusal.closes());
        if (refusal.retryMillis() > 0) {
            data.put("retryMillis", refusal.retryMillis());
        }
        return envelope("session", "refused", data);
    }

    static byte[] pong(long clientTime, long tick) {
        ObjectNode data = data();
        data.put("clientTime", clientTime);
        data.put("tick", tick);
        return envelope("session", "pong", data);
    }

    static byte[] focus(String entity, long tick) {
        ObjectNode data = data();
        data.put("entity", entity);
        data.put("tick", tick);
        return envelope("session", "focus", data);
    }

    static byte[] overload(OverloadStep step, float timeRate, long tick) {
        ObjectNode data = data();
        data.put("step", step.word());
        // A float's digits: 0.1 would be 0.10000000149.
        data.put("timeRate", Math.round(timeRate * 1e3) / 1e3);
        data.put("tick", tick);
        return envelope("session", "overload", data);
    }

    static byte[] moved(String starSystem, long tick, int tickHz) {
        ObjectNode data = data();
        data.put("starSystem", starSystem);
        data.put("tick", tick);
        data.put("tickHz", tickHz);
        return envelope("session", "moved", data);
    }

    static byte[] waiting() {
        ObjectNode data = data();
        data.put("code", Refusal.NODE_AWAY);
        data.put("reason", "the star system's node is away: the session waits for it");
        return envelope("session", "waiting", data);
    }

    static ObjectNode data() {
        return Envelope.JSON.createObjectNode();
    }

    static byte[] envelope(String namespace, String event, ObjectNode data) {
        ObjectNode root = Envelope.JSON.createObjectNode();
        root.put("namespace", namespace);
        root.put("event", event);
        root.set("data", data);
        return Envelope.JSON.writeValueAsBytes(root);
    }
}
