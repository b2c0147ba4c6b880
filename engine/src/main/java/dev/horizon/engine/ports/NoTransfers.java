package dev.horizon.engine.ports;

import java.util.List;

/** Hears of entities that move, and does nothing about it. */
final class NoTransfers implements TransferSink {
    @Override
    public void parcel(long destination, long sequence, byte[] parcel) {}

    @Override
    public void outcome(long transfer, Outcome outcome) {}

    @Override
    public void refused(long transfer, long entity, String code, String reason) {}

    @Override
    public void received(long source, long sequence, List<Long> returned) {}

    @Override
    public void jumps(long entity, long jump, String starSystem, double x, double y, double z) {}

    @Override
    public void ghosts(long destination, byte[] message) {}

    @Override
    public void beyond(long entity, double x, double y, double z) {}
}
