package dev.horizon.tools.tape;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A plugin that is compiled while the test runs, so that there can be two versions of it: raiders
 * wear down hulls, tick by tick, each by its own share.
 */
public final class RaidersJar {
    /** The plugin's main class. */
    public static final String MAIN = "com.example.raiders.Raiders";

    /** What the plugin has planted: hulls fall below 0. */
    public static final String BUG = "points[i] -= wear";

    /** The same without the bug. */
    public static final String REPAIRED = "points[i] = Math.max(0, points[i] - wear)";

    private static final String SOURCE =
            """
            package com.example.raiders;

            import dev.horizon.ecs.damage.Hull;
            import dev.horizon.ecs.damage.HullColumn;
            import dev.horizon.engine.events.RegionStarted;
            import dev.horizon.engine.plugin.Default;
            import dev.horizon.engine.plugin.Plugin;
            import dev.horizon.engine.plugin.Registrar;
            import dev.horizon.engine.systems.Access;
            import dev.horizon.engine.systems.Stage;
            import dev.horizon.engine.systems.SystemSpec;
            import dev.horizon.engine.world.Owner;
            import dev.horizon.engine.world.Position;

            public final class Raiders implements Plugin {
                record Settings(@Default("1") double wear) {}

                record Strike(int points) {}

                @Override
                public void setup(Registrar r) {
                    float worn = (float) r.config(Settings.class).wear();
                    r.components(HullColumn.TYPE);
                    r.events().on(RegionStarted.class, (event, context) -> {
                        for (int i = 0; i < 5; i++) {
                            context.world().create(new Position(i, 0, 0), Hull.of(50 + 13 * i));
                        }
                    });
                    r.events().onClient("raid", "strike", Strike.class, (event, player, context) ->
                            context.world().forEach(Hull.class, id ->
                                    context.world().write(id, Hull.of(event.points()))));
                    r.system(SystemSpec.of("wear", Stage.MOVE, Access.none().writing(HullColumn.TYPE),
                            (rows, tick) -> {
                                float[] points = rows.write(HullColumn.TYPE).points;
                                for (int i = rows.from(); i < rows.to(); i++) {
                                    float wear = worn * (1 + i % 3);
                                    ${WEAR};
                                }
                            }));
                }
            }
            """;

    private RaidersJar() {}

    /** Compiles a version of it into a jar, and leaves the classes beside it. */
    public static Path make(Path folder, String name, String wear) throws IOException {
        return SourceJar.make(folder, name, "raiders", MAIN, SOURCE.replace("${WEAR}", wear));
    }
}
