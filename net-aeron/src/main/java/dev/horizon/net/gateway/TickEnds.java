package dev.horizon.net.gateway;

/** Takes what the node says at the end of each of its ticks. Agent thread. */
interface TickEnds {
    /** The tick read this input of a session, and all of it before. */
    void onAck(Session session, int sequence, long tick);

    /** Something about a session changed: it is not to wait for frames. */
    void onStir();

    /** Ticks a second. */
    void onTickHz(int tickHz);

    /**
     * All that a tick released is on its way: after its acknowledgements.
     *
     * @param frames that the tick released, by tier; compare with {@link NodeLink#framesOf}
     * @param dilation simulated time per wall time
     */
    void onTickEnd(long tick, int[] frames, float dilation);
}
