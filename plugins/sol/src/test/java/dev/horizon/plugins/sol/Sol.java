package dev.horizon.plugins.sol;

import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Star systems for tests. */
final class Sol {
    private static final double EXTENT = 1e9;

    private Sol() {}

    static TestWorldBuilder of(int ships, int objects, long seed) {
        return of(ships, objects, seed, -EXTENT, EXTENT);
    }

    /** What of it lies between two planes. */
    static TestWorldBuilder of(int ships, int objects, long seed, double minX, double maxX) {
        return TestWorld.builder()
                .plugin("sol", new SolPlugin())
                .seed(seed)
                .config("sol", "seed", seed)
                .config("sol", "ships", ships)
                .config("sol", "objects", objects)
                .region(new Region(1, "sol", 1, minX, -EXTENT, -EXTENT, maxX, EXTENT, EXTENT));
    }

    static List<EntityId> all(TestWorld world, Predicate<ShipType> wanted) {
        List<EntityId> found = new ArrayList<>();
        world.world()
                .forEach(
                        Identity.class,
                        id -> {
                            Identity identity = world.world().read(id, Identity.class);
                            if (identity != null && wanted.test(identity.shipType())) {
                                found.add(id);
                            }
                        });
        return found;
    }

    static boolean isShip(ShipType type) {
        return type.ordinal() >= ShipType.FIGHTER.ordinal();
    }

    static <R extends Record> R read(TestWorld world, EntityId entity, Class<R> component) {
        R value = world.world().read(entity, component);
        if (value == null) {
            throw new AssertionError(entity + " has no " + component.getSimpleName());
        }
        return value;
    }
}
