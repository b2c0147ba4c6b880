package dev.horizon.engine.world;

/**
 * How far an entity sees. A plugin that has sensors registers one; a player is shown nothing that
 * is farther from the entity of their focus than the least answer of all, but bodies. Called by the
 * tick thread after a tick's changes; allocates nothing.
 */
@FunctionalInterface
public interface Sight {
    /**
     * Metres that an entity sees, infinite for one without sensors.
     *
     * @param lookup of the world as the tick left it; every component may be asked for
     * @param location of the entity
     */
    double metres(Lookup lookup, long location);
}
