package dev.horizon.engine.ports;

import dev.horizon.engine.events.OverloadStep;
import org.agrona.DirectBuffer;

/**
 * What turns the world into frames. The tick thread calls the first four after every tick's
 * changes, and the others for each held message, in order, once the tick's inputs are recorded.
 */
public interface ReplicationEncoder {
    /** Finds what changed, on all threads of the tick; nobody may write meanwhile. */
    void look(long tick);

    /** Updates where entities are: cells and what follows from them. */
    void locate(long tick);

    /** How far the node goes against overload from here on: what is said less often, or later. */
    default void relieve(OverloadStep step) {}

    /** Tiers at which somebody is told of an entity, as bits; on the tick thread, between ticks. */
    default int toldTiers(long entity) {
        return 0;
    }

    /** Writes one frame for each channel that has a subscriber and is due. */
    void encode(long tick, FrameHold out);

    /** False when an earlier frame of the channel was lost, so that this one is of no use. */
    boolean mayRelease(long channelId, DirectBuffer message, int offset);

    /** The message went out. */
    void released(long channelId, DirectBuffer message, int offset);

    /**
     * The message could not go out: its number is free again and its rows are to be sent again;
     * later frames of the channel that still wait will be refused by {@link #mayRelease}.
     */
    void lost(long channelId, DirectBuffer message, int offset);
}
