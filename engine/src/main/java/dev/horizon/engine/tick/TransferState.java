package dev.horizon.engine.tick;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TransferSink.Outcome;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What {@link Transfers} and {@link Offers} know, in snapshots. Form, little-endian: version;
 * floor; outcomes (count, then transfer and ordinal of each); outboxes (count, then destination,
 * sequence, count of frozen parcels, then sequence, length and bytes of each); inboxes (count, then
 * source and sequence of each); since version 2 vetoes (count, then transfer, entity, code and
 * reason of each, both as length and UTF-8); since version 3 offers (home of this node, count, then
 * home, world and types of each, with spaces between the types); since version 4 who tells of
 * ghosts (count, then source, home, its tick and this node's of each).
 */
record TransferState(Transfers of) implements StatePart {
    static final String NAME = "transfers";
    private static final byte VERSION = 4;
    private static final byte VERSION_WITH_OFFERS = 3;
    private static final byte VERSION_WITH_VETOES = 2;
    private static final byte VERSION_MIN = 1;
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
        at = putInt(out, at, of.outboxes.all.size());
        for (Outbox outbox : of.outboxes.all.values()) {
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
        at = putInt(out, at, of.vetoes.size());
        for (var each : of.vetoes.entrySet()) {
            at = putLong(out, at, each.getKey());
            at = putLong(out, at, each.getValue().entity());
            at = putText(out, at, each.getValue().code());
            at = putText(out, at, each.getValue().reason());
        }
        Offers offers = of.services.offers;
        at = putLong(out, at, offers.self);
        at = putInt(out, at, offers.all.size());
        for (var each : offers.all.entrySet()) {
            at = putLong(out, at, each.getKey());
            at = putInt(out, at, each.getValue().world());
            at = putText(out, at, String.join(" ", each.getValue().types()));
        }
        at = putInt(out, at, of.ghosts.sources.size());
        for (var each : of.ghosts.sources.entrySet()) {
            at = putLong(out, at, each.getKey());
            at = putLong(out, at, each.getValue().home());
            at = putLong(out, at, each.getValue().tick());
            at = putLong(out, at, each.getValue().heardAt());
        }
        return at - offset;
    }

    @Override
    public void read(DirectBuffer in, int offset, int length) {
        Reader from = new Reader(in, offset);
        int version = from.int8();
        if (version < VERSION_MIN || version > VERSION) {
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
            Outbox outbox = of.outboxes.to(from.int64());
            outbox.sequence = from.int64();
            for (int p = from.int32(); p > 0; p--) {
                outbox.restore(from.int64(), from.bytes(from.int32()));
            }
        }
        for (int i = from.int32(); i > 0; i--) {
            of.inboxes.put(from.int64(), from.int64());
        }
        for (int i = version >= VERSION_WITH_VETOES ? from.int32() : 0; i > 0; i--) {
            of.vetoes.put(from.int64(), new Veto(from.int64(), from.text(), from.text()));
        }
        if (version >= VERSION_WITH_OFFERS) {
            readOffers(from);
        }
        for (int i = version == VERSION ? from.int32() : 0; i > 0; i--) {
            of.ghosts.sources.put(
                    from.int64(), new Ghosts.Source(from.int64(), from.int64(), from.int64()));
        }
        of.resume();
    }

    private void readOffers(Reader from) {
        Offers offers = of.services.offers;
        offers.self = from.int64();
        for (int i = from.int32(); i > 0; i--) {
            offers.all.put(from.int64(), new Offers.Offer(from.int32(), Offers.types(from.text())));
        }
    }

    private static int putLong(MutableDirectBuffer out, int at, long value) {
        out.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
        return at + Long.BYTES;
    }

    private static int putInt(MutableDirectBuffer out, int at, int value) {
        out.putInt(at, value, ByteOrder.LITTLE_ENDIAN);
        return at + Integer.BYTES;
    }

    private static int putText(MutableDirectBuffer out, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putBytes(putInt(out, at, bytes.length), bytes);
        return at + Integer.BYTES + bytes.length;
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

        String text() {
            return new String(bytes(int32()), StandardCharsets.UTF_8);
        }

        byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            in.getBytes(at, bytes);
            at += length;
            return bytes;
        }
    }
}
