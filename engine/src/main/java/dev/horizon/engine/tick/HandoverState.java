package dev.horizon.engine.tick;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.Handovers.Departed;
import dev.horizon.engine.tick.Handovers.Waiting;
import dev.horizon.engine.tick.Handovers.Word;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What {@link Handovers} knows, in snapshots. Form, little-endian: version; transfers that wait
 * (count, then transfer, entity, home, destination, tick and, since version 2, jump of each); words
 * of gateways (count, then session, destination and a byte of each); sessions on their way (count,
 * then session, player, transfer, destination and sequence of each).
 */
record HandoverState(Handovers of) implements StatePart {
    static final String NAME = "handovers";
    private static final byte VERSION = 2;
    private static final byte VERSION_WITHOUT_JUMPS = 1;
    private static final int COUNTS_BYTES = 1 + 3 * Integer.BYTES;
    private static final int WAITING_BYTES = 6 * Long.BYTES;
    private static final int WORD_BYTES = 2 * Long.BYTES + 1;
    private static final int DEPARTED_BYTES = 5 * Long.BYTES;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int write(MutableDirectBuffer out, int offset) {
        int length =
                COUNTS_BYTES
                        + WAITING_BYTES * of.waiting.size()
                        + WORD_BYTES * of.words.size()
                        + DEPARTED_BYTES * of.departed.size();
        ByteBuffer to = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        to.put(VERSION).putInt(of.waiting.size());
        for (Waiting each : of.waiting.values()) {
            to.putLong(each.transfer()).putLong(each.entity()).putLong(each.home());
            to.putLong(each.destination()).putLong(each.sinceTick()).putLong(each.jump());
        }
        to.putInt(of.words.size());
        for (Map.Entry<Long, Word> each : of.words.entrySet()) {
            to.putLong(each.getKey()).putLong(each.getValue().destination());
            to.put((byte) (each.getValue().follows() ? 1 : 0));
        }
        to.putInt(of.departed.size());
        for (Map.Entry<Long, Departed> each : of.departed.entrySet()) {
            Departed gone = each.getValue();
            to.putLong(each.getKey()).putLong(gone.playerId());
            to.putLong(gone.transfer()).putLong(gone.destination()).putLong(gone.sequence());
        }
        out.putBytes(offset, to.array());
        return length;
    }

    @Override
    public void read(DirectBuffer in, int offset, int length) {
        byte[] bytes = new byte[length];
        in.getBytes(offset, bytes);
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte version = from.get();
        if (version != VERSION && version != VERSION_WITHOUT_JUMPS) {
            throw new HorizonException(
                    "HZ-TAPE-011",
                    "the snapshot holds handovers of another form than this build's: go on with the"
                            + " build that took it");
        }
        for (int i = from.getInt(); i > 0; i--) {
            long transfer = from.getLong();
            long entity = from.getLong();
            long home = from.getLong();
            long destination = from.getLong();
            long since = from.getLong();
            long jump = version == VERSION ? from.getLong() : 0;
            of.waiting.put(transfer, new Waiting(transfer, entity, home, destination, jump, since));
        }
        for (int i = from.getInt(); i > 0; i--) {
            of.words.put(from.getLong(), new Word(from.getLong(), from.get() != 0));
        }
        for (int i = from.getInt(); i > 0; i--) {
            long session = from.getLong();
            of.departed.put(
                    session,
                    new Departed(from.getLong(), from.getLong(), from.getLong(), from.getLong()));
        }
    }
}
