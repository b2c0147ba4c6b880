package dev.horizon.perf.tape;

import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;

/**
 * Moves a few things by one, and in one tick by another step: two of these part there.
 *
 * @param at the tick
 * @param step the other step
 */
record Drifter(int at, int step) implements Plugin {
    private static final int THINGS = 16;

    @Override
    public void setup(Registrar registrar) {
        registrar
                .events()
                .on(
                        RegionStarted.class,
                        (event, context) -> {
                            for (int i = 0; i < THINGS; i++) {
                                context.world().create(new Position(i, 0, 0));
                            }
                        });
        registrar.system(
                SystemSpec.of(
                        "drift",
                        Stage.MOVE,
                        Access.none().writing(PositionColumn.TYPE),
                        (rows, tick) -> {
                            double[] x = rows.write(PositionColumn.TYPE).x;
                            int by = tick.number() == at ? step : 1;
                            for (int i = rows.from(); i < rows.to(); i++) {
                                x[i] += by;
                            }
                        }));
    }
}
