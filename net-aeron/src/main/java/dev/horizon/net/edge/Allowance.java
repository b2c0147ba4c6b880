package dev.horizon.net.edge;

/** What clients may be sent: bytes a second, a part of them for the far tiers. */
final class Allowance {
    /** Of a client's bytes, what the far tiers get even while the near ones want all. */
    private static final double FAR_SHARE = 0.25;

    /** What a client doesn't hold yet gets as much even while the rest wants all. */
    private static final double NEW_SHARE = 0.25;

    /** Below this share of a second's bytes, saving goes before exactness. */
    private static final double SHORT = 0.5;

    /** The share of a second's bytes that is kept for what matters more. */
    private static final double RESERVE = 0.125;

    private static final int CALM_SECONDS = 5;

    private final EdgeConfig config;

    Allowance(EdgeConfig config) {
        this.config = config;
    }

    /** Counts bytes of a message against the viewer's. */
    void spend(Viewer viewer, int bytes) {
        if (config.bytesPerSecond() > 0) {
            viewer.tokens -= bytes;
        }
    }

    /**
     * Takes the bytes of a far frame: from the far tiers' share, which may run into debt for one
     * frame, so that a frame of any length gets its turn; else from what is left over.
     *
     * @return false when it has to wait
     */
    boolean takeFar(Viewer viewer, int bytes) {
        if (config.bytesPerSecond() == 0) {
            return true;
        }
        if (viewer.farTokens > 0) {
            viewer.farTokens -= bytes;
            return true;
        }
        if (viewer.tokens >= bytes || viewer.tokens >= config.bytesPerSecond()) {
            viewer.tokens -= bytes;
            return true;
        }
        return false;
    }

    /** What the ticks since the last time add. */
    void refill(Viewer viewer, long tick, int tickHz) {
        int rate = config.bytesPerSecond();
        if (rate == 0) {
            return;
        }
        if (viewer.tokensTick == Long.MIN_VALUE) {
            viewer.tokens = rate;
            viewer.farTokens = rate * FAR_SHARE;
            viewer.secondTick = tick;
        } else {
            long ticks = Math.max(0, tick - viewer.tokensTick);
            double earned = (double) rate * ticks / tickHz;
            double far = Math.min(earned * FAR_SHARE, rate * FAR_SHARE - viewer.farTokens);
            viewer.farTokens += far;
            viewer.tokens = Math.min(rate, viewer.tokens + earned - far);
            viewer.newTokens = Math.min(rate * NEW_SHARE, viewer.newTokens + earned * NEW_SHARE);
        }
        viewer.tokensTick = tick;
        if (tick - viewer.secondTick >= tickHz) {
            viewer.secondTick = tick;
            adjust(viewer);
        }
    }

    /** Bytes that may go to the near tiers now. */
    double room(Viewer viewer) {
        return config.bytesPerSecond() == 0 ? Double.MAX_VALUE : viewer.tokens;
    }

    /** Bytes that may go to what the client doesn't hold yet, even where others are late for it. */
    double newRoom(Viewer viewer) {
        return config.bytesPerSecond() == 0 ? Double.MAX_VALUE : viewer.newTokens;
    }

    /** Bytes of what a client didn't hold go to it. */
    void spendNew(Viewer viewer, int bytes) {
        viewer.newTokens -= bytes;
    }

    /** Of these, what MEDIUM leaves for CLOSE, whose rows come in bursts. */
    double reserve() {
        return config.bytesPerSecond() * RESERVE;
    }

    /** True when nothing was spent for so long that no more is saved. */
    boolean isFull(Viewer viewer) {
        return viewer.tokens >= config.bytesPerSecond();
    }

    /** True for one that had better be told in few bytes than exactly. */
    boolean isShort(Viewer viewer) {
        return config.bytesPerSecond() > 0 && viewer.tokens < config.bytesPerSecond() * SHORT;
    }

    /** The close limit follows a second with or without refusals. */
    private void adjust(Viewer viewer) {
        if (viewer.refused) {
            viewer.refused = false;
            viewer.calmSeconds = 0;
            viewer.closeLimit = Math.max(config.closeMin(), viewer.closeLimit - 1);
        } else if (++viewer.calmSeconds >= CALM_SECONDS) {
            viewer.calmSeconds = 0;
            viewer.closeLimit = Math.min(config.closeMax(), viewer.closeLimit + 1);
        }
    }
}
