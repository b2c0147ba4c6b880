package dev.horizon.engine.storage;

import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.HorizonWorldException;

/**
 * Which components a system may spawn, add and remove.
 *
 * @param system qualified name, for messages
 * @param types declared by {@code Access.spawning}
 */
public record SpawnRights(String system, ComponentType<?>... types) {
    void require(ComponentType<?> type) {
        for (ComponentType<?> allowed : types) {
            if (allowed == type) {
                return;
            }
        }
        throw new HorizonWorldException(
                "system "
                        + system
                        + " spawns, adds or removes "
                        + type
                        + " without declaring it: add .spawning("
                        + type.columnClass().getSimpleName()
                        + ".TYPE) to its access");
    }
}
