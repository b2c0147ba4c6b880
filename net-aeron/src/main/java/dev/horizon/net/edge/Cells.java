package dev.horizon.net.edge;

/** Takes what channels viewers need. */
public interface Cells {
    /** A viewer needs a channel from now on. */
    void need(Viewer viewer, long channelId);

    /** It needs it no longer. */
    void release(Viewer viewer, long channelId);

    /**
     * It moved, and goes on to need a far channel; of its parts, others may be {@link
     * Viewer#reaches within its reach} now.
     */
    default void survey(Viewer viewer, long channelId) {}

    /**
     * Of a far channel, the viewer's client needs nothing any more, for it holds all of it near.
     */
    default void hush(Viewer viewer, long channelId) {}

    /** It needs it again, from a keyframe on. */
    default void speak(Viewer viewer, long channelId) {}
}
