package dev.horizon.perf.load;

import dev.horizon.net.crowd.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * What one client holds near and what it was sent, counted row by row: kept for a sample of the
 * clients.
 */
final class Held implements Wire.Messages, Wire.Groups {
    private static final int TIERS = 4;
    private static final int LEFT = 0;
    private static final int ENTERED = 1;
    private static final int PLACED = 2;
    private static final int NUDGED = 3;
    private static final int KICKED = 4;
    private static final int FACED = 5;
    private static final int TURNED = 6;
    private static final int COMPONENTS = 8;
    private static final int STEERED = 9;
    private static final int FLOWN = 10;
    private static final byte NONE = -1;
    private static final int FRESH = 1;
    private static final int GLANCE_PLACES_TO = 2;
    private static final int LEAN_SHIFTED = 5;
    private static final int LEAN_STRIPPED = 6;
    private static final int LEAN_STEERED = 7;
    private static final int FRAME_FLIGHTS_FROM = 11;
    private static final int SKIP = 255;
    private static final int FRAME_PLACES_FROM = 2;
    private static final int FRAME_PLACES_TO = 7;

    private final Wire.Groups lean =
            new Wire.Groups() {
                @Override
                public void on(ByteBuf in, int index, int at, int each, int rows) {
                    onLean(in, index, at, each, rows);
                }

                @Override
                public void onPatch(int handle, int bytes) {
                    count(handle, bytes, otherRows);
                }
            };

    private byte[] tierOf = new byte[256];
    private boolean[] rides = new boolean[256];
    private final int[] held = new int[TIERS];
    private boolean isView;

    /** Rows of views by the tier at which the client holds their entity. */
    final long[] placeRows = new long[TIERS];

    final long[] otherRows = new long[TIERS];

    /** Bytes of those rows. */
    final long[] rowBytes = new long[TIERS];

    /** Times that an entity entered at a tier, or came back whole at it, and bytes of that. */
    final long[] entered = new long[TIERS];

    long enteredBytes;
    long left;
    long views;
    long viewBytes;
    long frames;
    long frameBytes;
    long framePlaceRows;

    /** The sum over views of what was held at a tier, riders not counted. */
    final long[] heldSum = new long[TIERS];

    int closeMin = Integer.MAX_VALUE;
    int closeMax;

    Held() {
        Arrays.fill(tierOf, NONE);
    }

    /** Entities with a place of their own held at a tier. */
    int count(int tier) {
        return held[tier];
    }

    /** Forgets the counts, not what is held. */
    void reset() {
        Arrays.fill(placeRows, 0);
        Arrays.fill(otherRows, 0);
        Arrays.fill(rowBytes, 0);
        Arrays.fill(entered, 0);
        Arrays.fill(heldSum, 0);
        enteredBytes = 0;
        left = 0;
        views = 0;
        viewBytes = 0;
        frames = 0;
        frameBytes = 0;
        framePlaceRows = 0;
        closeMin = Integer.MAX_VALUE;
        closeMax = 0;
    }

    @Override
    public void on(ByteBuf in, int at, int length) {
        switch (Wire.template(in, at)) {
            case Wire.VIEW -> {
                if ((Wire.viewFlags(in, at) & FRESH) != 0) {
                    Arrays.fill(tierOf, NONE);
                    Arrays.fill(held, 0);
                }
                isView = true;
                Wire.groups(in, at, this);
                seen(length);
            }
            case Wire.GLANCE -> {
                Wire.glance(in, at, lean);
                seen(length);
            }
            case Wire.FRAME -> {
                isView = false;
                Wire.groups(in, at, this);
                frames++;
                frameBytes += length;
            }
            default -> {
                // Forgets are rare, and nothing else comes.
            }
        }
    }

    @Override
    public void on(ByteBuf in, int index, int at, int each, int rows) {
        if (!isView) {
            if ((index >= FRAME_PLACES_FROM && index <= FRAME_PLACES_TO)
                    || index >= FRAME_FLIGHTS_FROM) {
                framePlaceRows += rows;
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            int row = at + i * each;
            int handle = in.getUnsignedShortLE(row);
            switch (index) {
                case LEFT -> leave(handle);
                case ENTERED -> {
                    enter(handle, in.getByte(row + 2), in.getLongLE(row + 16) != 0);
                    enteredBytes += each;
                }
                case PLACED, FACED, FLOWN -> enteredBytes += each;
                case NUDGED, KICKED, STEERED -> count(handle, each, placeRows);
                case TURNED, COMPONENTS -> count(handle, each, otherRows);
                default -> {
                    // Components that an entity no longer has.
                }
            }
        }
    }

    private void seen(int length) {
        views++;
        viewBytes += length;
        for (int tier = 0; tier < TIERS; tier++) {
            heldSum[tier] += held[tier];
        }
        closeMin = Math.min(closeMin, held[0]);
        closeMax = Math.max(closeMax, held[0]);
    }

    private void onLean(ByteBuf in, int index, int at, int each, int rows) {
        if (index >= LEAN_SHIFTED && index != LEAN_STEERED) {
            onNamed(in, index, at, each, rows);
            return;
        }
        int handle = -1;
        for (int i = 0; i < rows; i++) {
            int step = in.getUnsignedByte(at + i * each);
            handle += step;
            if (step != SKIP) {
                boolean isPlace = index <= GLANCE_PLACES_TO || index == LEAN_STEERED;
                count(++handle, each, isPlace ? placeRows : otherRows);
            }
        }
    }

    private void onNamed(ByteBuf in, int index, int at, int each, int rows) {
        for (int i = 0; i < rows; i++) {
            int row = at + i * each;
            int handle = in.getUnsignedShortLE(row);
            if (index == LEAN_SHIFTED) {
                enter(handle, in.getByte(row + 2), false);
                enteredBytes += each;
            } else {
                count(handle, each, index == LEAN_STRIPPED ? otherRows : placeRows);
            }
        }
    }

    private void count(int handle, int bytes, long[] rows) {
        int tier = handle < tierOf.length ? tierOf[handle] : NONE;
        if (tier != NONE) {
            rows[tier]++;
            rowBytes[tier] += bytes;
        }
    }

    private void leave(int handle) {
        if (handle < tierOf.length && tierOf[handle] != NONE) {
            if (!rides[handle]) {
                held[tierOf[handle]]--;
            }
            tierOf[handle] = NONE;
            left++;
        }
    }

    private void enter(int handle, byte tier, boolean riding) {
        if (handle >= tierOf.length) {
            int from = tierOf.length;
            int to = Math.max(handle + 1, 2 * from);
            tierOf = Arrays.copyOf(tierOf, to);
            rides = Arrays.copyOf(rides, to);
            Arrays.fill(tierOf, from, to, NONE);
        }
        if (tierOf[handle] != NONE && !rides[handle]) {
            held[tierOf[handle]]--;
        }
        tierOf[handle] = tier;
        rides[handle] = riding;
        if (!riding) {
            held[tier]++;
        }
        entered[tier]++;
    }
}
