package dev.horizon.perf.plugins;

import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.engine.world.EntityId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has one entity leave a world and come back into it, again and again. On the tick thread. */
final class Ferry implements TransferSink {
    /** Where it comes from, and where it goes: another home, though the same world. */
    private static final long HOME = 1;

    private static final long DESTINATION = 2;

    private @Nullable TransferDesk desk;
    private long entity;
    private long transfer;
    private long arrivals;

    void begin(TransferDesk of, EntityId traveller) {
        desk = of;
        entity = traveller.value();
        release();
    }

    private TransferDesk desk() {
        return Objects.requireNonNull(desk);
    }

    /** Times that it came back. */
    long arrivals() {
        return arrivals;
    }

    private void release() {
        transfer++;
        desk().release(transfer, transfer, entity, HOME, DESTINATION, 0);
    }

    @Override
    public void parcel(long destination, long sequence, byte[] parcel) {
        desk().bring(parcel);
    }

    @Override
    public void received(long source, long sequence, List<Long> returned) {
        arrivals++;
        desk().settle(DESTINATION, sequence, returned);
        release();
    }

    @Override
    public void outcome(long ofTransfer, Outcome outcome) {
        if (outcome != Outcome.RELEASED && outcome != Outcome.SETTLED) {
            throw new IllegalStateException("transfer " + ofTransfer + ": " + outcome);
        }
    }

    @Override
    public void refused(long ofTransfer, long of, String code, String reason) {
        throw new IllegalStateException("no plugin here keeps anything: " + code);
    }

    @Override
    public void jumps(long of, long jump, String starSystem, double x, double y, double z) {
        throw new IllegalStateException("nothing jumps here");
    }

    @Override
    public void ghosts(long destination, byte[] message) {}

    @Override
    public void beyond(long of, double x, double y, double z) {
        throw new IllegalStateException("a world without regions has nothing beyond");
    }
}
