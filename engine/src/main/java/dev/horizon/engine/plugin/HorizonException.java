package dev.horizon.engine.plugin;

/**
 * A fault with a stable code: the message says what happened, to what, and what to do next. Each
 * code has a page under {@code docs/errors/}.
 */
public final class HorizonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A fault without a cause of its own.
     *
     * @param code such as {@code HZ-CFG-001}
     */
    public HorizonException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A fault that another exception led to. */
    public HorizonException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code + ": " + getMessage();
    }
}
