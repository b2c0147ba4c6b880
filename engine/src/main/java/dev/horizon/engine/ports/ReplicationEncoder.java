package dev.horizon.engine.ports;

/** What turns the world into frames; called by the tick thread after every tick's changes. */
public interface ReplicationEncoder {
    /** Updates where entities are: cells and what follows from them. */
    void locate(long tick);

    /**
     * Writes one frame for each channel that has a subscriber and is due.
     *
     * @param out keeps the frames until the tick's inputs are recorded; false from it means that
     *     there is no room: the frame consumes no number and its rows stay dirty
     */
    void encode(long tick, FrameSink out);
}
