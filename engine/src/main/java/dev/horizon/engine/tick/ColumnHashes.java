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
    private final WorldState world;
    private final List<ComponentType<?>> types;
    private final long[] hashes;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TickHashEncoder message = new TickHashEncoder();
    private final int[] changed;

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
     * Makes the record of a tick.
     *
     * @return the hash of the whole world
     */
    long take(long tick) {
        long hash = world.hash();
        int count = 0;
        for (int i = 0; i < hashes.length; i++) {
            long now = world.hash(types.get(i));
            if (now != hashes[i]) {
                hashes[i] = now;
                changed[count++] = i;
            }
        }
        message.wrapAndApplyHeader(buffer, 0, header)
                .tick(tick)
                .hash(hash)
                .entities(world.entities());
        ColumnsEncoder columns = message.columnsCount(count);
        for (int i = 0; i < count; i++) {
            columns.next().component(changed[i]).hash(hashes[changed[i]]);
        }
        return hash;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Bytes of the record. */
    int length() {
        return MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength();
    }
}
