package dev.horizon.engine.world;

/** Replaces one entity id by another. */
@FunctionalInterface
public interface EntityIdMapping {
    /** The id to store instead; the same id where nothing is to be replaced. */
    long map(long entityId);
}
