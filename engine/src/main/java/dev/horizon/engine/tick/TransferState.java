package dev.horizon.engine.tick;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TransferSink.Outcome;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What {@link Transfers} knows, in snapshots. Form, little-endian: version; floor; outcomes (count,
 * then transfer and ordinal of each); outboxes (count, then destination, sequence, count of frozen
 * parcels, then sequence, length and bytes of each); inboxes (count, then source and sequence of
 * each).
 */
record TransferState(Transfers of) implements StatePart {
    static final String NAME = "transfers";
    private static final byte VERSION = 1;
    private static final Outcome[] OUTCOMES = Outcome.values();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int write(MutableDirectBuffer out, int offset) {
        out.putByte(offset, VERSION);
        int at = putLong(out, offset + 1, of.floor);
        at = putInt(out, at, of.outcomes.size());
        for (var each : of.outcomes.entrySet()) {
            at = putLong(out, at, each.getKey());
            out.putByte(at++, (byte) each.getValue().ordinal());
        }
        at = putInt(out, at, of.outboxes.size());
        for (Outbox outbox : of.outboxes.values()) {
            at = putLong(out, at, outbox.destination);
            at = putLong(out, at, outbox.sequence);
            at = putInt(out, at, outbox.frozen.size());
            for (Outbox.Frozen parcel : outbox.frozen) {
                at = putLong(out, at, parcel.sequence());
                at = putInt(out, at, parcel.bytes().length);
                out.putBytes(at, parcel.bytes());
                at += parcel.bytes().length;
            }
        }
        at = putInt(out, at, of.inboxes.size());
        for (var each : of.inboxes.entrySet()) {
            at = putLong(out, at, each.getKey());
            at = putLong(out, at, each.getValue());
        }
        return at - offset;
    }

    @Override
    public void read(DirectBuffer in, int offset, int length) {
        Reader from = new Reader(in, offset);
        if (from.int8() != VERSION) {
            throw new HorizonException(
                    "HZ-TAPE-011",
                    "the snapshot holds transfers of another form than this build's: go on with the"
                            + " build that took it");
        }
        of.floor = from.int64();
        for (int i = from.int32(); i > 0; i--) {
            of.outcomes.put(from.int64(), OUTCOMES[from.int8()]);
        }
        for (int i = from.int32(); i > 0; i--) {
            Outbox outbox = new Outbox(from.int64());
            outbox.sequence = from.int64();
            for (int p = from.int32(); p > 0; p--) {
                outbox.frozen.add(new Outbox.Frozen(from.int64(), from.bytes(from.int32())));
            }
            of.outboxes.put(outbox.destination, outbox);
        }
        for (int i = from.int32(); i > 0; i--) {
            of.inboxes.put(from.int64(), from.int64());
        }
        of.resume();
    }

    private static int putLong(MutableDirectBuffer out, int at, long value) {
        out.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
        return at + Long.BYTES;
    }

    private static int putInt(MutableDirectBuffer out, int at, int value) {
        out.putInt(at, value, ByteOrder.LITTLE_ENDIAN);
        return at + Integer.BYTES;
    }

    /** Reads front to back. */
    private static final class Reader {
        private final DirectBuffer in;
        private int at;

        Reader(DirectBuffer in, int offset) {
            this.in = in;
            this.at = offset;
        }

        int int8() {
            return in.getByte(at++);
        }

        int int32() {
            at += Integer.BYTES;
            return in.getInt(at - Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
        }

        long int64() {
            at += Long.BYTES;
            return in.getLong(at - Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        }

        byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            in.getBytes(at, bytes);
            at += length;
            return bytes;
        }
    }
}
