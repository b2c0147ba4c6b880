package dev.horizon.net.gateway;

/** The last tick that the node ended; and what each session's node has read. Agent thread. */
final class NodePulse implements TickEnds {
    private long tick;
    private float dilation = 1;

    @Override
    public void onAck(Session session, int sequence, long atTick) {
        session.readSequence = sequence;
    }

    @Override
    public void onTickEnd(long endedTick, int frames, float newDilation) {
        tick = endedTick;
        dilation = newDilation;
    }

    /** 0 before the first. */
    long tick() {
        return tick;
    }

    /** Simulated time per wall time. */
    float dilation() {
        return dilation;
    }
}
