package dev.horizon.net.gateway;

/** A rate with a burst. Not thread-safe. */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final double burst;
    private double tokens;
    private long filledAtNanos;

    TokenBucket(double perSecond, double burst, long nowNanos) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.tokens = burst;
        this.filledAtNanos = nowNanos;
    }

    /** Takes tokens if there are as many. */
    boolean take(double wanted, long nowNanos) {
        fill(nowNanos);
        if (tokens < wanted) {
            return false;
        }
        tokens -= wanted;
        return true;
    }

    /** True when nothing was taken for so long that a new bucket would be the same. */
    boolean isFull(long nowNanos) {
        fill(nowNanos);
        return tokens >= burst;
    }

    private void fill(long nowNanos) {
        if (nowNanos > filledAtNanos) {
            tokens = Math.min(burst, tokens + (nowNanos - filledAtNanos) * perNano);
            filledAtNanos = nowNanos;
        }
    }
}
