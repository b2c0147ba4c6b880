package dev.horizon.engine.tick;

import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds and sets what is noted about players; by handlers, on the tick thread. */
final class PlayerMetadata {
    private final World world;
    private final Tick tick;

    /** Made in this tick: not among the rows before the next apply. */
    private final List<EntityId> fresh = new ArrayList<>();

    private long freshTick;

    PlayerMetadata(World world, Tick tick) {
        this.world = world;
        this.tick = tick;
    }

    @Nullable String read(long playerId, String key) {
        EntityId entity = find(playerId, key);
        Metadata found = entity == null ? null : world.read(entity, Metadata.class);
        return found == null ? null : found.value();
    }

    void write(long playerId, String key, String value) {
        EntityId entity = find(playerId, key);
        if (value.isEmpty()) {
            if (entity != null) {
                fresh.remove(entity);
                world.destroy(entity);
            }
        } else if (entity != null) {
            world.write(entity, new Metadata(key, value));
        } else {
            fresh.add(world.create(new Owner(playerId), new Metadata(key, value)));
        }
    }

    private @Nullable EntityId find(long playerId, String key) {
        if (freshTick != tick.number()) {
            freshTick = tick.number();
            fresh.clear();
        }
        List<EntityId> candidates = new ArrayList<>(fresh);
        world.forEach(Metadata.class, candidates::add);
        for (EntityId entity : candidates) {
            Owner owner = world.read(entity, Owner.class);
            Metadata metadata = world.read(entity, Metadata.class);
            if (owner != null
                    && metadata != null
                    && owner.playerId() == playerId
                    && metadata.key().equals(key)) {
                return entity;
            }
        }
        return null;
    }
}
