package dev.horizon.net.replay;

import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import org.jspecify.annotations.Nullable;

/**
 * Who will go on with the world of a replay.
 *
 * @param profiles takes those that the ticks cause, again: a store keeps the latest
 * @param channels makes what finds out where entities are, tick by tick, so that it knows when it
 *     goes on; null where that can be found out then
 */
public record Heir(ProfileSink profiles, @Nullable Channels channels) {
    /** Nobody. */
    static final Heir NONE =
            new Heir(
                    (playerId, tick, x, y, z, buffer, offset, nameLength, ownedLength) -> true,
                    null);

    /** Publishes a world, in which nobody watches anything yet. */
    @FunctionalInterface
    public interface Channels {
        /** Of a replay's world and the schedule of its systems; called once. */
        ReplicationEncoder of(WorldState world, Schedule schedule);
    }

    static Heir of(ProfileSink profiles) {
        return new Heir(profiles, null);
    }
}
