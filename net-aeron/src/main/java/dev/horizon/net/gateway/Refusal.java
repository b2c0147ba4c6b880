package dev.horizon.net.gateway;

/**
 * Why something a client sent was not taken. The codes are stable; each has a page under {@code
 * docs/errors/}.
 *
 * @param code such as {@code HZ-GW-020}
 * @param reason what happened, to what, and what to do, for the client
 * @param closes true when the connection ends with it
 * @param retryMillis how long the client had better wait before it comes back, 0 where that doesn't
 *     matter
 */
record Refusal(String code, String reason, boolean closes, int retryMillis) {
    static final String PORT_TAKEN = "HZ-GW-001";
    static final String KEY_MISSING = "HZ-GW-002";
    static final String KEY_FOR_DEVELOPMENT = "HZ-GW-003";
    static final String KEY_UNUSABLE = "HZ-GW-004";
    static final String TLS_UNUSABLE = "HZ-GW-005";

    static final String HELLO_EXPECTED = "HZ-GW-010";
    static final String HELLO_TIMEOUT = "HZ-GW-011";
    static final String PLAYER_NAME = "HZ-GW-012";
    static final String TICKET_MALFORMED = "HZ-GW-013";
    static final String TICKET_FORGED = "HZ-GW-014";
    static final String TICKET_EXPIRED = "HZ-GW-015";
    static final String TICKET_OF_ANOTHER = "HZ-GW-016";
    static final String RESUME_USED = "HZ-GW-017";
    static final String PROTOCOL_VERSION = "HZ-GW-018";
    static final String NODE_SILENT = "HZ-GW-019";

    static final String NOT_JSON = "HZ-GW-020";
    static final String NOT_AN_ENVELOPE = "HZ-GW-021";
    static final String UNKNOWN_EVENT = "HZ-GW-022";
    static final String WRONG_SHAPE = "HZ-GW-023";
    static final String TOO_LARGE = "HZ-GW-024";
    static final String TOO_FAST = "HZ-GW-025";
    static final String NOT_A_MESSAGE = "HZ-GW-026";
    static final String OLD_SEQUENCE = "HZ-GW-027";
    static final String BUSY = "HZ-GW-028";
    static final String NOT_ALLOWED = "HZ-GW-029";

    static final String REPLACED = "HZ-GW-030";
    static final String TOO_SLOW = "HZ-GW-031";
    static final String TIMED_OUT = "HZ-GW-032";
    static final String STOPPING = "HZ-GW-033";
    static final String ORIGIN = "HZ-GW-034";
    static final String TOO_MANY = "HZ-GW-035";
    static final String PATH = "HZ-GW-036";
    static final String NOT_FOUND = "HZ-GW-037";
    static final String METHOD = "HZ-GW-038";
    static final String HANDLER_FAILED = "HZ-GW-039";
    static final String DRAINING = "HZ-GW-041";
    static final String DRAINED = "HZ-GW-042";
    static final String NODE_AWAY = "HZ-GW-043";
    static final String NO_SESSION = "HZ-GW-044";
    static final String NODE_UNKNOWN = "HZ-GW-045";
    static final String NOT_TLS = "HZ-GW-046";

    static Refusal of(String code, String reason) {
        return new Refusal(code, reason, false, 0);
    }

    static Refusal closing(String code, String reason) {
        return new Refusal(code, reason, true, 0);
    }

    /** Closes, and says when to come back. */
    static Refusal later(String code, String reason, int retryMillis) {
        return new Refusal(code, reason, true, retryMillis);
    }
}
