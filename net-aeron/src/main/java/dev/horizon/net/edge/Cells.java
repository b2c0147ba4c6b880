package dev.horizon.net.edge;

/** Takes what channels viewers need. */
public interface Cells {
    /** A viewer needs a channel from now on. */
    void need(Viewer viewer, long channelId);

    /** It needs it no longer. */
    void release(Viewer viewer, long channelId);
}
