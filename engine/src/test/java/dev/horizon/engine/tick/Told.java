package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.world.EntityId;
import java.util.ArrayList;
import java.util.List;

/** What a loop told of transfers: parcels as they are, all else in words. */
final class Told implements TransferSink {
    final List<byte[]> parcels = new ArrayList<>();
    final List<byte[]> ghosts = new ArrayList<>();
    final List<String> words = new ArrayList<>();

    @Override
    public void parcel(long destination, long sequence, byte[] parcel) {
        parcels.add(parcel);
    }

    @Override
    public void outcome(long transfer, Outcome outcome) {
        words.add(transfer + " " + outcome);
    }

    @Override
    public void refused(long transfer, long entity, String code, String reason) {
        words.add(transfer + " keeps " + new EntityId(entity) + ": " + code + " " + reason);
    }

    @Override
    public void jumps(long entity, long jump, String starSystem, double x, double y, double z) {
        words.add(new EntityId(entity) + " since " + jump + " to " + starSystem + " at " + x);
    }

    @Override
    public void ghosts(long destination, byte[] message) {
        ghosts.add(message);
    }

    @Override
    public void beyond(long entity, double x, double y, double z) {
        words.add(new EntityId(entity) + " is beyond at " + x);
    }

    @Override
    public void received(long source, long sequence, List<Long> returned) {
        words.add("received " + source + ":" + sequence + " without " + returned);
    }
}
