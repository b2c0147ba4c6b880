package dev.horizon.mesh.simulation;

import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Jump;
import dev.horizon.engine.world.Motion;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the ships of a node jump now and then: to another node of the star system, to another star
 * system, to where nobody is, each by itself or all together; and keeps some back.
 */
final class Jumping implements Plugin {
    private static final int EVERY_TICKS = 60;
    private static final int KEPT_EVERY_TICKS = 9;

    private final Course course;

    Jumping(Course course) {
        this.course = course;
    }

    @Override
    public void setup(Registrar registrar) {
        if (course == Course.GATES) {
            registrar.events().on(TickStarted.class, Jumping::jump);
            registrar.events().on(EntityLeaving.class, -1, Jumping::keep);
        }
    }

    private static void jump(TickStarted event, EventContext context) {
        long tick = context.tick().number();
        if (tick % EVERY_TICKS != 0) {
            return;
        }
        long round = tick / EVERY_TICKS;
        List<EntityId> ships = new ArrayList<>();
        context.world().forEach(Motion.class, ships::add);
        for (EntityId ship : ships) {
            long home = 1 + Math.floorMod(ship.value() + round, 4); // nobody is the fourth
            double x = (home + 0.5) * SimulatedNode.REGION_METRES;
            Jump jump = Jump.to(Course.GATES.starSystem(home), x, 0, 0);
            boolean isTogether = round % 2 == 0 && !ship.equals(ships.getFirst());
            if (context.world().read(ship, Jump.class) == null) {
                Jump first = context.world().read(ships.getFirst(), Jump.class);
                context.world()
                        .write(
                                ship,
                                isTogether && first != null ? first.with(ships.getFirst()) : jump);
            }
        }
    }

    private static void keep(EntityLeaving event, EventContext context) {
        if (context.tick().number() % KEPT_EVERY_TICKS == 0) {
            context.refuse("TEST-1", "not in this tick");
        }
    }
}
