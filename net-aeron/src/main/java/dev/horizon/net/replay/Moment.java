package dev.horizon.net.replay;

import dev.horizon.net.archive.Snapshot;

/**
 * A world between two ticks, and what ticks depend on beside it: a replay goes on from here.
 *
 * @param tick the last that was run
 * @param hash of the world
 * @param world in the form of {@link dev.horizon.engine.storage.WorldSnapshot}; never changed
 * @param state in the tick loop's own form; never changed
 */
record Moment(long tick, long hash, byte[] world, byte[] state) {
    static Moment of(Snapshot snapshot) {
        byte[] world = new byte[snapshot.world().capacity()];
        snapshot.world().getBytes(0, world);
        return new Moment(snapshot.tick(), snapshot.hash(), world, snapshot.state());
    }
}
