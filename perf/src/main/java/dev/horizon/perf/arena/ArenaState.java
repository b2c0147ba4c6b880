package dev.horizon.perf.arena;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * What the arena knows as a whole.
 *
 * @param laidOut true once
 * @param members dealt to groups so far, players included
 * @param flagship the first ship
 * @param perch a rock far from all, that spectators look on from who are to see nothing
 */
@Component
public record ArenaState(boolean laidOut, int members, EntityId flagship, EntityId perch) {
    /** Before it is laid out. */
    static final ArenaState EMPTY = new ArenaState(false, 0, EntityId.NONE, EntityId.NONE);
}
