package dev.horizon.engine.channels;

/** What the encoder is told about the frames it handed to a {@link FrameOutbox}. Tick thread. */
public interface FrameReceipts {
    /** False when an earlier frame of the channel was lost, so that this one is of no use. */
    boolean mayRelease(long channelId, int sequence);

    /** The frame went out. */
    void released(long channelId, int sequence);

    /**
     * The frame could not go out: its number is free again, its rows are to be sent again, and later
     * frames of the channel that still wait will be refused by {@link #mayRelease}.
     */
    void lost(long channelId, int sequence);
}
