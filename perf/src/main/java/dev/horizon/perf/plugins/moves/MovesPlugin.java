package dev.horizon.perf.plugins.moves;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/** One system over all that moves, and handlers of an event that is raised a thousand times. */
public final class MovesPlugin implements Plugin {
    private static final int EVENTS = 1_000;
    private static final int HANDLERS = 3;
    private static final Beat BEAT = new Beat(1);

    /**
     * What handlers take.
     *
     * @param value of no meaning
     */
    public record Beat(int value) {}

    @Override
    public void setup(Registrar registrar) {
        registrar.system(
                SystemSpec.of(
                        "move",
                        Stage.MOVE,
                        Access.reading(MotionColumn.TYPE).writing(PositionColumn.TYPE),
                        MovesPlugin::move));
        registrar.events().on(TickStarted.class, MovesPlugin::raise);
        for (int i = 0; i < HANDLERS; i++) {
            registrar.events().onPlugin(Beat.class, MovesPlugin::take);
        }
    }

    private static void move(Rows rows, Tick tick) {
        PositionColumn position = rows.write(PositionColumn.TYPE);
        MotionColumn motion = rows.read(MotionColumn.TYPE);
        double dt = tick.dt();
        for (int row = rows.from(); row < rows.to(); row++) {
            position.x[row] += motion.vx[row] * dt;
            position.y[row] += motion.vy[row] * dt;
            position.z[row] += motion.vz[row] * dt;
        }
    }

    private static void raise(TickStarted started, EventContext context) {
        for (int i = 0; i < EVENTS; i++) {
            context.emit(BEAT);
        }
    }

    private static void take(Beat beat, EventContext context) {
        if (context.tick().number() < beat.value()) {
            throw new IllegalStateException("ticks begin with 1");
        }
    }
}
