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
        RELEASED("", ""),
        /** Its destination has recorded it. */
        SETTLED("", ""),
        /** Its destination could not take it: it is back. */
        RETURNED(
                "HZ-MESH-026",
                "the destination could not take it, and it is back: see the quarantine of the"
                        + " destination for why"),
        /** There is no such entity. */
        ABSENT("HZ-MESH-024", "the source has no such entity"),
        /** It rides in another: that one may be released. */
        RIDING("HZ-MESH-025", "it rides in another entity: that one may go"),
        /** It belongs to a player who has a session here, or is one. */
        PLAYED(
                "HZ-MESH-025",
                "a player aboard has a gateway that can't follow, or it is a player's session"
                        + " itself"),
        /** With all that rides in it it takes more than a parcel. */
        TOO_LARGE("HZ-MESH-025", "with all that goes along it takes more than a parcel of 256 KiB"),
        /** A plugin keeps it here: {@link #refused} tells why. */
        REFUSED("HZ-MESH-025", "a plugin keeps it here"),
        /** It waits for a jump that this isn't, or no more for the one that this is. */
        OTHERWISE("HZ-MESH-025", "its jump was given up meanwhile, or it waits for one");

        private final String code;
        private final String text;

        Outcome(String code, String text) {
            this.code = code;
            this.text = text;
        }

        /** Why it is still here; empty where it isn't. */
        public String code() {
            return code;
        }

        /** The same in words. */
        public String text() {
            return text;
        }
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

    /**
     * Takes a word of what is near the regions of another node, which may be lost.
     *
     * @param destination the home of the node
     * @param message a Ghosts of the tape's schema, header included; not to be changed
     */
    void ghosts(long destination, byte[] message);

    /**
     * Tells that an entity is to jump to another star system; again and again until it does, or
     * can't. Recorded.
     *
     * @param jump the tick since which it is to
     * @param starSystem where to
     * @param x metres there
     * @param y metres
     * @param z metres
     */
    void jumps(long entity, long jump, String starSystem, double x, double y, double z);

    /** Tells nobody. */
    TransferSink NOBODY = new NoTransfers();
}
