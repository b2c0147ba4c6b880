package dev.horizon.engine.tick;

import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TickHashEncoder;
import dev.horizon.schemas.ticklog.TickHashEncoder.ColumnsEncoder;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a tick came to: the hash of the world, and of each component whose rows changed, so that who
 * compares two runs can tell what differs before the rows are there. Tick thread; allocates
 * nothing.
 */
final class ColumnHashes {
    private static final long NANOS_MAX = TickHashEncoder.nanosMaxValue();
    private static final int FAULTS_MAX = TickHashEncoder.faultsMaxValue();

    private final WorldState world;
    private final List<ComponentType<?>> types;
    private final long[] hashes;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TickHashEncoder message = new TickHashEncoder();
    private final int[] changed;
    private int count;
    private long hash;

    ColumnHashes(WorldState world) {
        this.world = world;
        types = world.registry().types();
        hashes = new long[types.size()];
        changed = new int[types.size()];
        buffer =
                new UnsafeBuffer(
                        new byte
                                [MessageHeaderEncoder.ENCODED_LENGTH
                                        + TickHashEncoder.BLOCK_LENGTH
                                        + ColumnsEncoder.sbeHeaderSize()
                                        + types.size() * ColumnsEncoder.sbeBlockLength()]);
    }

    /**
     * Hashes what the tick changed.
     *
     * @return the hash of the whole world
     */
    long take() {
        hash = world.hash();
        count = 0;
        for (int i = 0; i < hashes.length; i++) {
            long now = world.hash(types.get(i));
            if (now != hashes[i]) {
                hashes[i] = now;
                changed[count++] = i;
            }
        }
        return hash;
    }

    /** Makes the record of a tick, after {@link #take}. */
    void write(long tick, long nanos, int faults) {
        message.wrapAndApplyHeader(buffer, 0, header)
                .tick(tick)
                .hash(hash)
                .entities(world.entities())
                .nanos(Math.min(nanos, NANOS_MAX))
                .faults(Math.min(faults, FAULTS_MAX));
        ColumnsEncoder columns = message.columnsCount(count);
        for (int i = 0; i < count; i++) {
            columns.next().component(changed[i]).hash(hashes[changed[i]]);
        }
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Bytes of the record. */
    int length() {
        return MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength();
    }
}
