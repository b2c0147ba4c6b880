package dev.horizon.engine.world;

/** A use of the world that cannot be: the message says what, of which entity or component. */
public final class HorizonWorldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Carries the sentence for the author of the calling code. */
    public HorizonWorldException(String message) {
        super(message);
    }
}
