package dev.horizon.engine.world;

/**
 * What an entity stays with. A plugin whose entities are of use only beside others registers one:
 * while those are in this world, a border that the entity crosses doesn't hand it over to another
 * node. An order to transfer it does. Called by the tick thread after a tick's changes; allocates
 * nothing.
 */
@FunctionalInterface
public interface Tether {
    /**
     * True for an entity that stays.
     *
     * @param lookup of the world as the tick left it; every component may be asked for
     * @param location of the entity
     */
    boolean holds(Lookup lookup, long location);
}
