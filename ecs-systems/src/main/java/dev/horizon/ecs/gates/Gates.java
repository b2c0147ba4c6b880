package dev.horizon.ecs.gates;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Jump;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mechanism of gates: register it once per world. Who may use which is a plugin's to say. */
public final class Gates {
    private Gates() {}

    /** Registers {@link Gate}. */
    public static void register(Registrar registrar) {
        registrar.components(GateColumn.TYPE);
    }

    /**
     * The gate nearest to an entity, in reach of it; null for none. On the tick thread.
     *
     * @param metres how far it reaches
     */
    public static @Nullable EntityId near(World world, EntityId ship, double metres) {
        Position at = world.read(ship, Position.class);
        List<EntityId> gates = new ArrayList<>();
        world.forEach(Gate.class, gates::add);
        EntityId nearest = null;
        double least = metres * metres;
        for (EntityId gate : gates) {
            Position place = world.read(gate, Position.class);
            double squared =
                    at == null || place == null
                            ? Double.POSITIVE_INFINITY
                            : square(at.x() - place.x())
                                    + square(at.y() - place.y())
                                    + square(at.z() - place.z());
            if (squared <= least) {
                least = squared;
                nearest = gate;
            }
        }
        return nearest;
    }

    private static double square(double metres) {
        return metres * metres;
    }

    /**
     * Has ships go through a gate, all of them in one tick or none: the first leads. They keep
     * their places beside the gate, and their movement. What comes of it the engine tells: they are
     * in the other star system, or {@link dev.horizon.engine.events.JumpRefused} is raised. On the
     * tick thread.
     *
     * @param ships that have a place; at least one
     * @throws IllegalArgumentException for what is no gate
     */
    public static void jump(World world, EntityId gate, List<EntityId> ships) {
        Gate through = world.read(gate, Gate.class);
        Position in = world.read(gate, Position.class);
        if (through == null || in == null) {
            throw new IllegalArgumentException("entity " + gate + " is no gate in space");
        }
        for (EntityId ship : ships) {
            Position at = world.read(ship, Position.class);
            Motion motion = world.read(ship, Motion.class);
            if (at == null) {
                continue;
            }
            Jump jump =
                    Jump.to(
                            through.starSystem(),
                            through.x() + at.x() - in.x(),
                            through.y() + at.y() - in.y(),
                            through.z() + at.z() - in.z());
            if (motion != null) {
                jump = jump.moving(motion.vx(), motion.vy(), motion.vz());
            }
            world.write(ship, ship.equals(ships.getFirst()) ? jump : jump.with(ships.getFirst()));
        }
    }
}
