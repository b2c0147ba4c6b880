package dev.horizon.net.standby;

/**
 * What a standby knows of its node, and whether it may take over. It may once it has heard that it
 * is attached, and as long as it hasn't heard that it no longer is. To take over is to acknowledge
 * no more: from then on the node can let go of nothing. Pure: time comes in. One thread, but for
 * what is said.
 */
public final class StandbyPact {
    private final long silenceNanos;
    private volatile Claim claim = Claim.COPYING;
    private volatile boolean isAttached;
    private volatile boolean isOver;
    private volatile boolean isDistrusted;
    private volatile boolean isDetached;
    private volatile Survivor survivor = Survivor.OPERATOR;
    private volatile long heardAtNanos;
    private volatile Stage nodeStage = Stage.NONE;
    private volatile boolean isNodeRecording = true;
    private long polledAtNanos;
    private long idleAtNanos;

    /**
     * Before anything was heard.
     *
     * @param silenceNanos after which the node is taken for silent
     */
    public StandbyPact(long silenceNanos, long nowNanos) {
        this.silenceNanos = silenceNanos;
        heardAtNanos = nowNanos;
        polledAtNanos = nowNanos;
        idleAtNanos = nowNanos;
    }

    /** The copy is here. */
    void ready() {
        move(Claim.COPYING, Claim.READY);
    }

    /** The tape is being recorded. */
    void following() {
        move(Claim.READY, Claim.FOLLOWING);
    }

    /** The tape comes no more, though the node may be heard: it is asked to go on with it. */
    void unfed() {
        move(Claim.FOLLOWING, Claim.UNFED);
    }

    /** It comes again. */
    void fed() {
        move(Claim.UNFED, Claim.FOLLOWING);
    }

    /** Its world isn't the node's: it goes on acknowledging, and never takes over. */
    void distrust() {
        isDistrusted = true;
    }

    private void move(Claim from, Claim to) {
        if (claim == from) {
            claim = to;
        }
    }

    /** The node says what this standby is to it. */
    void heard(Stage stage, Survivor alone, boolean isRecording, long nowNanos) {
        heardAtNanos = nowNanos;
        survivor = alone;
        nodeStage = stage;
        isNodeRecording = isRecording;
        switch (stage) {
            case COPYING, CATCHING_UP, ATTACHING -> {}
            case ATTACHED -> isAttached |= mayAcknowledge();
            case NONE, DETACHING -> {
                if (!isOver) {
                    isDetached |= stage == Stage.DETACHING;
                    isAttached = false;
                    claim = Claim.STOOD_DOWN;
                }
            }
            case REPLACED -> isOver |= claim == Claim.TAKING_OVER;
        }
    }

    /**
     * Looks at the time, which counts only as far as this process was there to hear.
     *
     * @param isFed false when the tape comes no more, though the node may be heard
     * @return true when it takes over now
     */
    boolean poll(boolean isFed, long nowNanos) {
        long away = nowNanos - polledAtNanos;
        if (away > silenceNanos / 4) {
            heardAtNanos += away;
            idleAtNanos += away;
        }
        polledAtNanos = nowNanos;
        // A node whose own recorder gave up lets go of nothing any more.
        if (isFed || isNodeRecording) {
            idleAtNanos = nowNanos;
        }
        boolean isSilent =
                nowNanos - heardAtNanos > silenceNanos || nowNanos - idleAtNanos > silenceNanos;
        return isSilent && !isOver && survivor == Survivor.STANDBY && takeOver(false);
    }

    /**
     * An operator wants it to take over. Where the node may go on alone it is asked first, and
     * {@link #isOver} tells when it has agreed.
     *
     * @param isNodeGone an operator vouches for the node's end
     * @return false where it may not: it isn't attached
     */
    boolean takeOver(boolean isNodeGone) {
        boolean isBound = mayAcknowledge() || claim == Claim.TAKING_OVER;
        if (!isAttached || isDistrusted || !isBound) {
            return isOver;
        }
        claim = Claim.TAKING_OVER;
        isOver |= isNodeGone || survivor != Survivor.NODE;
        return true;
    }

    /** The node didn't agree in time: follows on. */
    void giveUp() {
        if (!isOver) {
            move(Claim.TAKING_OVER, Claim.FOLLOWING);
        }
    }

    /** It will never take over. */
    void standDown() {
        if (!isOver) {
            isAttached = false;
            claim = Claim.STOOD_DOWN;
        }
    }

    /** True when what it records may be acknowledged. */
    boolean mayAcknowledge() {
        return claim == Claim.FOLLOWING || claim == Claim.UNFED;
    }

    /** True once it has taken over. Any thread. */
    public boolean isOver() {
        return isOver;
    }

    /** True while it may take over. Any thread. */
    public boolean isAttached() {
        return isAttached;
    }

    /** True once the node asked it never to take over: nothing went wrong. Any thread. */
    public boolean isDetached() {
        return isDetached;
    }

    /** What it says of itself. Any thread. */
    public Claim claim() {
        return claim;
    }

    /** What the node said last. Any thread. */
    public Stage nodeStage() {
        return nodeStage;
    }

    /** Who goes on alone, as the node said. Any thread. */
    public Survivor survivor() {
        return survivor;
    }

    /** How long the node says nothing. Any thread. */
    public long silenceNanos(long nowNanos) {
        return Math.max(0, nowNanos - heardAtNanos);
    }
}
