package dev.horizon.engine.ports;

import java.util.List;

/**
 * Where goes what ticks came to for entities that move between nodes. Called by the tick thread
 * once the tick's inputs are recorded, and for all that is still open when a loop goes on from a
 * snapshot; never waits.
 */
public interface TransferSink {
    /** What became of an entity that was to be released; recorded, so it is so for good. */
    enum Outcome {
        /** It is in a parcel, and a frozen copy is kept. */
        RELEASED,
        /** Its destination has recorded it. */
        SETTLED,
        /** Its destination could not take it: it is back. */
        RETURNED,
        /** There is no such entity. */
        ABSENT,
        /** It rides in another: that one may be released. */
        RIDING,
        /** It belongs to a player who has a session here, or is one. */
        PLAYED,
        /** With all that rides in it it takes more than a parcel. */
        TOO_LARGE,
        /** A plugin keeps it here: {@link #refused} tells why. */
        REFUSED
    }

    /**
     * Takes a parcel that is to be sent until its destination says that it is recorded.
     *
     * @param destination the home of the node
     * @param sequence of the parcels to it
     * @param parcel a Parcel of the tape's schema, header included; not to be changed
     */
    void parcel(long destination, long sequence, byte[] parcel);

    /** Tells what became of a transfer from this node, but for {@link Outcome#REFUSED}. */
    void outcome(long transfer, Outcome outcome);

    /**
     * Tells that a plugin keeps an entity here, which is recorded, too.
     *
     * @param code the plugin's
     * @param reason in words
     */
    void refused(long transfer, long entity, String code, String reason);

    /**
     * Tells what of another world's parcels is recorded here.
     *
     * @param source id block of the world that released them
     * @param sequence all up to this one
     * @param returned transfers that could not be taken and are on their way back
     */
    void received(long source, long sequence, List<Long> returned);

    /**
     * Tells that an entity is beyond all regions of this node; again and again while it is. Not
     * recorded: what comes of it is.
     *
     * @param x metres
     * @param y metres
     * @param z metres
     */
    void beyond(long entity, double x, double y, double z);

    /** Tells nobody. */
    TransferSink NOBODY = new NoTransfers();
}
