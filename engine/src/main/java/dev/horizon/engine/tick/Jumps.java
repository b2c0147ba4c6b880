package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.events.JumpRefused;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Jump;
import dev.horizon.engine.world.JumpColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import org.agrona.collections.LongArrayList;

/**
 * Entities that are to go to another star system: asks who owns the place, again and again, and
 * gives up where nobody says. All that it knows is in their {@link Jump}. Tick thread; allocates
 * nothing while nobody jumps.
 */
final class Jumps {
    /** Longer than a destination may take to make room. */
    static final int PATIENCE_SECONDS = 30;

    private static final int ASK_TICKS = 10;

    private final WorldState world;
    private final EventBus events;
    private final int patienceTicks;
    private final LongArrayList found = new LongArrayList();

    Jumps(WorldState world, EventBus events, TickConfig config) {
        this.world = world;
        this.events = events;
        patienceTicks = PATIENCE_SECONDS * config.tickHz();
    }

    /**
     * Adds those that leave together: an entity alone, or where it jumps all that jump with it,
     * behind it.
     *
     * @param jump the tick since which it does; 0 where it doesn't
     */
    static void party(WorldState world, long entity, long jump, LongArrayList to) {
        to.addLong(entity);
        if (jump == 0) {
            return;
        }
        Jump first = world.read(new EntityId(entity), Jump.class);
        for (int t = 0; first != null && t < world.tableCount(); t++) {
            Table table = world.table(t);
            JumpColumn jumps = table.column(JumpColumn.TYPE);
            for (int row = 0; jumps != null && row < table.size(); row++) {
                if (jumps.with[row] == entity
                        && table.entityAt(row) != entity
                        && jumps.row(row).starSystem().equals(first.starSystem())) {
                    to.addLong(table.entityAt(row));
                }
            }
        }
    }

    /** True where an entity waits for this jump, or for none where it is 0. */
    boolean isFor(long entity, long jump) {
        return jumpOf(entity) == jump;
    }

    /** Looks after all that are to jump, and tells what is to be asked once it is recorded. */
    void look(long tick, TransferWords words) {
        found.clear();
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            boolean hasJumps = table.size() > 0 && table.column(JumpColumn.TYPE) != null;
            for (int row = 0; hasJumps && row < table.size(); row++) {
                found.addLong(table.entityAt(row));
            }
        }
        for (int i = 0; i < found.size(); i++) {
            look(new EntityId(found.getLong(i)), tick, words);
        }
    }

    private void look(EntityId entity, long tick, TransferWords words) {
        Jump jump = world.read(entity, Jump.class);
        if (jump == null) {
            return; // It was refused with another.
        }
        if (jump.since() == 0) {
            jump = jump.begun(tick);
            world.write(entity, jump);
        }
        long age = tick - jump.since();
        if (age < 0 || age > patienceTicks) {
            refuse(
                    entity.value(),
                    jump.since(),
                    "HZ-MESH-036",
                    "nobody has said for %d s who owns the place: the coordinator is away, or this node is in no mesh"
                            .formatted(PATIENCE_SECONDS));
        } else if (!jump.with().isNone() && world.read(jump.with(), Jump.class) == null) {
            refuse(
                    entity.value(),
                    jump.since(),
                    "HZ-MESH-037",
                    "entity %s, with which it was to jump, does not".formatted(jump.with()));
        } else if (jump.with().isNone() && age % ASK_TICKS == 0) {
            Jump asked = jump;
            words.add(to ->
                    to.jumps(
                            entity.value(),
                            asked.since(),
                            asked.starSystem(),
                            asked.x(),
                            asked.y(),
                            asked.z()));
        }
    }

    /** Tells plugins that a jump can't be, if it is still wanted; all of it stays. */
    void refuse(long entity, long jump, String code, String reason) {
        Jump wanted = world.read(new EntityId(entity), Jump.class);
        if (wanted == null || wanted.since() != jump) {
            return;
        }
        LongArrayList party = new LongArrayList();
        party(world, entity, jump, party);
        for (int i = 0; i < party.size(); i++) {
            world.remove(new EntityId(party.getLong(i)), Jump.class);
        }
        world.apply();
        for (int i = 0; i < party.size(); i++) {
            EntityId each = new EntityId(party.getLong(i));
            events.dispatch(new JumpRefused(each, wanted.starSystem(), code, reason));
        }
        if (world.hasPendingChanges()) {
            world.apply();
        }
    }

    /** Puts those that have come by a jump where they were to go. */
    void arrive(LongArrayList party) {
        for (int i = 0; i < party.size(); i++) {
            EntityId each = new EntityId(party.getLong(i));
            Jump jump = world.read(each, Jump.class);
            if (jump != null) {
                world.write(each, new Position(jump.x(), jump.y(), jump.z()));
                if (world.read(each, Motion.class) != null) {
                    world.write(each, new Motion(jump.vx(), jump.vy(), jump.vz(), 0, 0, 0));
                }
                world.remove(each, Jump.class);
            }
        }
        world.apply();
    }

    /** The tick since which an entity is to jump; 0 where it isn't. */
    long jumpOf(long entity) {
        long at = world.lookup().locate(entity);
        JumpColumn jumps = at == Lookup.NOWHERE ? null : world.lookup().column(JumpColumn.TYPE, at);
        return jumps == null ? 0 : jumps.since[Lookup.row(at)];
    }
}
