package dev.horizon.net.crowd;

import io.netty.buffer.ByteBuf;

/**
 * What is read of the messages to clients: by hand, with offsets of {@code docs/replication.md}, so
 * that a player costs no decoder.
 */
public final class Wire {
    /** Of a message of the replication schema. */
    public static final int HEADER_BYTES = 8;

    /** Template of a frame: what is far. */
    public static final int FRAME = 1;

    /** Template of what a client is to forget. */
    public static final int FORGET = 4;

    /** Template of a view: what is near. */
    public static final int VIEW = 5;

    /** Template of a lean view. */
    public static final int GLANCE = 7;

    private static final int SCHEMA = 2;
    private static final int LENGTH_BYTES = 2;
    private static final int FRAME_TICK = 8;
    private static final int FRAME_GROUPS = 11;
    private static final int VIEW_GROUPS = 9;
    private static final int VIEW_ENTERED = 1;
    private static final int ENTERED_ENTITY = 8;
    private static final int GROUP_BYTES = 4;
    private static final int ROWS_LENGTH_BYTES = 4;
    private static final int GLANCE_GROUPS = 5;
    private static final int BRIEF_GROUP_BYTES = 2;

    /** Messages have groups behind their components since this version. */
    private static final int FLIGHTS_SINCE = 4;

    private static final int VIEW_FLIGHT_GROUPS = 2;
    private static final int GLANCE_FLIGHT_GROUPS = 5;
    private static final int SKIP = 255;
    private static final int BRIEF_LENGTH_BYTES = 2;

    private Wire() {}

    /** Takes the messages of one bundle. */
    @FunctionalInterface
    public interface Messages {
        /**
         * One message.
         *
         * @param at where its header starts
         */
        void on(ByteBuf in, int at, int length);
    }

    /** Takes the groups of one message. */
    @FunctionalInterface
    public interface Groups {
        /**
         * One group; for groups with data, one call per entry, with the data as its rows.
         *
         * @param index of the group in its message, from 0
         * @param at where the first entry starts
         * @param rowBytes of one entry
         * @param rows entries
         */
        void on(ByteBuf in, int index, int at, int rowBytes, int rows);

        /** What changed of one component of a handle, in a glance. */
        default void onPatch(int handle, int bytes) {}
    }

    /** Walks over a bundle; a message that stands alone, as older gateways send, is one as well. */
    public static void messages(ByteBuf in, int from, int length, Messages to) {
        if (length >= HEADER_BYTES && in.getUnsignedShortLE(from + 4) == SCHEMA) {
            to.on(in, from, length);
            return;
        }
        int at = from;
        int end = from + length;
        while (at + LENGTH_BYTES <= end) {
            int size = in.getUnsignedShortLE(at);
            at += LENGTH_BYTES;
            if (size < HEADER_BYTES || at + size > end) {
                throw new IllegalStateException("a message of a bundle ends beyond it");
            }
            to.on(in, at, size);
            at += size;
        }
    }

    /** Which of the templates a message has. */
    public static int template(ByteBuf in, int at) {
        return in.getUnsignedShortLE(at + 2);
    }

    /**
     * The tick of a view, glance, frame or forget message; 0 for others.
     *
     * @param before tick of the message before: a glance tells only the lowest bits of its own
     */
    public static long tick(ByteBuf in, int at, long before) {
        return switch (template(in, at)) {
            case GLANCE -> before + (in.getUnsignedShortLE(at + HEADER_BYTES) - before & 0xFFFF);
            case FRAME, FORGET -> in.getLongLE(at + HEADER_BYTES + FRAME_TICK);
            case VIEW -> in.getLongLE(at + HEADER_BYTES);
            default -> 0;
        };
    }

    /**
     * The tick of a bundle: what is near goes first, and says it; without it, the first frame does.
     *
     * @param before tick of the bundle before
     * @return 0 for a bundle that says none
     */
    public static long latestTick(ByteBuf in, int at, int length, long before) {
        int first = in.getUnsignedShortLE(at + 4) == SCHEMA ? at : at + LENGTH_BYTES;
        return length < HEADER_BYTES + 16 ? 0 : tick(in, first, before);
    }

    /** The flags of a view. */
    public static int viewFlags(ByteBuf in, int at) {
        return in.getUnsignedByte(at + HEADER_BYTES + 12);
    }

    /** Walks over the groups of a glance, whose rows begin with the step to their handle. */
    public static void glance(ByteBuf in, int message, Groups to) {
        int at = message + HEADER_BYTES + in.getUnsignedShortLE(message);
        for (int index = 0; index < GLANCE_GROUPS; index++) {
            int rowBytes = in.getUnsignedByte(at);
            int rows = in.getUnsignedByte(at + 1);
            at += BRIEF_GROUP_BYTES;
            if (index < GLANCE_GROUPS - 1) {
                to.on(in, index, at, rowBytes, rows);
                at += rowBytes * rows;
                continue;
            }
            for (int i = 0; i < rows; i++) {
                int each = in.getUnsignedShortLE(at + 2) + 1;
                int bytes = in.getUnsignedShortLE(at + rowBytes);
                int data = at + rowBytes + BRIEF_LENGTH_BYTES;
                to.on(in, index, data, each, bytes / each);
                at = data + bytes;
            }
        }
        if (hasFlights(in, message)) {
            glanceFlights(in, at, to);
        }
    }

    /** Behind the components of a glance: groups whose rows but for one name their handle. */
    private static void glanceFlights(ByteBuf in, int start, Groups to) {
        int at = start;
        for (int i = 0; i < GLANCE_FLIGHT_GROUPS; i++) {
            int rowBytes = in.getUnsignedByte(at);
            int rows = in.getUnsignedByte(at + 1);
            at += BRIEF_GROUP_BYTES;
            to.on(in, GLANCE_GROUPS + i, at, rowBytes, rows);
            at += rowBytes * rows;
        }
        int rowBytes = in.getUnsignedByte(at);
        int entries = in.getUnsignedByte(at + 1);
        at += BRIEF_GROUP_BYTES;
        for (int i = 0; i < entries; i++) {
            int maskBytes = in.getUnsignedByte(at + 2) + 7 >> 3;
            int data = at + rowBytes + BRIEF_LENGTH_BYTES;
            at = data + in.getUnsignedShortLE(at + rowBytes);
            patches(in, data, at, maskBytes, to);
        }
    }

    private static void patches(ByteBuf in, int start, int end, int maskBytes, Groups to) {
        int handle = -1;
        for (int at = start; at < end; ) {
            int step = in.getUnsignedByte(at);
            handle += step;
            if (step == SKIP) {
                at++;
                continue;
            }
            int bytes = 1 + maskBytes;
            for (int i = 0; i < maskBytes; i++) {
                bytes += Integer.bitCount(in.getUnsignedByte(at + 1 + i));
            }
            to.onPatch(++handle, bytes);
            at += bytes;
        }
    }

    private static boolean hasFlights(ByteBuf in, int message) {
        return in.getUnsignedShortLE(message + 6) >= FLIGHTS_SINCE;
    }

    /** True when a view tells that this entity enters: the client holds it from here on. */
    public static boolean enters(ByteBuf in, int view, long entity) {
        boolean[] isThere = new boolean[1];
        groups(
                in,
                view,
                (of, index, at, rowBytes, rows) -> {
                    for (int i = 0; index == VIEW_ENTERED && i < rows; i++) {
                        isThere[0] |= of.getLongLE(at + i * rowBytes + ENTERED_ENTITY) == entity;
                    }
                });
        return isThere[0];
    }

    /** Walks over the groups of a frame or view. */
    public static void groups(ByteBuf in, int message, Groups to) {
        int groups = template(in, message) == VIEW ? VIEW_GROUPS : FRAME_GROUPS;
        int at = message + HEADER_BYTES + in.getUnsignedShortLE(message);
        for (int index = 0; index < groups; index++) {
            int rowBytes = in.getUnsignedShortLE(at);
            int rows = in.getUnsignedShortLE(at + 2);
            at += GROUP_BYTES;
            if (index < groups - 1) {
                to.on(in, index, at, rowBytes, rows);
                at += rowBytes * rows;
                continue;
            }
            for (int i = 0; i < rows; i++) {
                int each = in.getUnsignedShortLE(at + 2) + 2;
                int bytes = in.getIntLE(at + rowBytes);
                int data = at + rowBytes + ROWS_LENGTH_BYTES;
                to.on(in, index, data, each, bytes / each);
                at = data + bytes;
            }
        }
        for (int i = 0; i < VIEW_FLIGHT_GROUPS && hasFlights(in, message); i++) {
            int rowBytes = in.getUnsignedShortLE(at);
            int rows = in.getUnsignedShortLE(at + 2);
            at += GROUP_BYTES;
            to.on(in, groups + i, at, rowBytes, rows);
            at += rowBytes * rows;
        }
    }
}
