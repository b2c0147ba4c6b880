package dev.horizon.net.replay;

import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.Snapshots;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.net.archive.Snapshot;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tape again while it is being recorded: each tick as soon as it is there whole, its hash
 * compared with the recorded one. One thread.
 */
public final class Follower implements AutoCloseable {
    private final TapeSource source;
    private final TapeCursor cursor;
    private final @Nullable Moment from;
    private final Heir heir;
    private @Nullable Rerun rerun;

    /**
     * Prepares.
     *
     * @param from where the tape begins to run; null for its first tick
     * @param recorded the position behind what is recorded of the tape; any thread
     * @param heir who goes on with it
     */
    public Follower(TapeSource source, @Nullable Snapshot from, LongSupplier recorded, Heir heir) {
        this.source = source;
        this.from = from == null ? null : Moment.of(from);
        this.heir = heir;
        cursor = new TapeCursor(source.file(), from, recorded);
    }

    /**
     * Runs the next tick, if it is there.
     *
     * @return false when it isn't
     * @throws dev.horizon.engine.plugin.HorizonException HZ-TAPE-006 when the tape isn't one
     */
    public boolean poll() {
        Rerun running = rerun;
        if (running == null) {
            if (!cursor.next()) {
                return false;
            }
            running = Rerun.begin(source, from, cursor, true, heir);
            rerun = running;
        }
        return running.more() && running.step();
    }

    /** True once it has a world. */
    public boolean isBegun() {
        return rerun != null;
    }

    /** The last tick that was run; 0 before the first. */
    public long tick() {
        Rerun running = rerun;
        return running == null ? 0 : running.tick();
    }

    /** The first tick that came to something else than the tape says, or null. */
    public @Nullable Difference difference() {
        Rerun running = rerun;
        return running == null ? null : running.difference();
    }

    /** Snapshots of its ticks, taken where they are asked for; once it has a world. */
    public Snapshots snapshots() {
        return begun().runner().snapshots();
    }

    /**
     * Runs all that the tape has, which is recorded no more, the tick that it ends within included.
     */
    public void finish() {
        while (poll()) {
            // Each compares.
        }
        if (rerun != null) {
            begun().finish();
        }
    }

    /** Gives the world away; the follower can only be closed afterwards. */
    public Rerun.Outcome handOver() {
        return begun().handOver();
    }

    /**
     * What differs between its world and another's at the end of the same tick, of some components.
     *
     * @param other a snapshot of the tick that was run last
     * @param components by name; empty for all
     * @param limit of the fields that are named
     */
    public List<Entities.Change> difference(Snapshot other, List<String> components, int limit) {
        WorldState mine = begun().world();
        List<? extends ComponentType<?>> types = mine.registry().types();
        List<String> wanted =
                components.isEmpty()
                        ? types.stream().map(ComponentType::name).toList()
                        : components;
        try (WorldState its =
                WorldSnapshot.read(
                        other.world(), 0, other.world().capacity(), List.copyOf(types))) {
            return Entities.difference(
                    Entities.having(its, wanted), Entities.having(mine, wanted), limit);
        }
    }

    private Rerun begun() {
        Rerun running = rerun;
        if (running == null) {
            throw new IllegalStateException("no tick was run yet");
        }
        return running;
    }

    @Override
    public void close() {
        if (rerun == null) {
            cursor.close();
        } else {
            CloseHelper.close(rerun);
        }
    }
}
