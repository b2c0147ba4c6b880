package dev.horizon.net.gateway;

/** Carries a refusal out of a decoder; cheap, since hostile clients cause many. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    RefusedException(String code, String reason) {
        this(Refusal.of(code, reason));
    }

    Refusal refusal() {
        return refusal;
    }
}
