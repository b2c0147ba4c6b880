package dev.horizon.perf.plugins;

import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.Position;
import dev.horizon.perf.Figure;
import dev.horizon.perf.KeepsNothing;
import dev.horizon.perf.plugins.broken.DeepPlugin;
import dev.horizon.perf.plugins.broken.GreedyPlugin;
import dev.horizon.perf.plugins.broken.ThrowingPlugin;
import dev.horizon.perf.processes.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * Faults in every callback - handler, plugin event, command, system, slow work beside the tick, and
 * what hears of entities that leave and arrive - in every tick: exceptions, a stack that runs out,
 * an array that no memory holds, more events than wait. All are lifted for the next tick. Between
 * ticks somebody proposes a version whose set-up fails in the same ways. A plugin beside them
 * counts whether it misses one.
 */
final class FaultStorm {
    /** Ways to fail, taken in turn. */
    private static final int WAYS = 4;

    private static final List<String> NAMES =
            List.of(
                    "faulty/TickStarted",
                    "faulty/Stumble",
                    "faulty/EntityLeaving",
                    "faulty/EntityArrived",
                    "faulty:stumble",
                    "faulty/stumble");

    private static final String REFUSED = "HZ-PLG-009";

    private final int faults;
    private final Consumer<String> progress;
    private volatile long tick;

    FaultStorm(int faults, Consumer<String> progress) {
        this.faults = faults;
        this.progress = progress;
    }

    private record Stumble(int way) {}

    private record Blow(int number) {}

    private record Trip(int way) {}

    private record Walk(int way) {}

    /** Fails whenever it is called. */
    private final class Faulty implements Plugin {
        @Override
        public void setup(Registrar registrar) {
            registrar
                    .events()
                    .on(
                            TickStarted.class,
                            (event, context) -> {
                                context.emit(new Stumble(0));
                                context.async(new Trip(0));
                                fail(0);
                                for (int i = 0; i < Short.MAX_VALUE; i++) {
                                    context.emit(new Blow(i));
                                }
                            });
            registrar.events().onPlugin(Stumble.class, (event, context) -> failAny(1));
            registrar.events().on(EntityLeaving.class, (event, context) -> failAny(1));
            registrar.events().on(EntityArrived.class, (event, context) -> failAny(2));
            registrar.async(Trip.class, Walk.class, trip -> new Walk(failAny(trip.way()).length()));
            registrar.command(
                    new CommandSpec("stumble", "", "Fails.", (arguments, context) -> failAny(2)));
            registrar.system(
                    SystemSpec.exclusive(
                            "stumble", Stage.UPKEEP, Access.none(), (sweep, now) -> failAny(3)));
        }

        /** The fourth way, a storm of events, is left to who can raise some. */
        private void fail(int offset) {
            if ((tick + offset) % WAYS != WAYS - 1) {
                failAny(offset);
            }
        }

        private String failAny(int offset) {
            return switch ((int) ((tick + offset) % WAYS)) {
                case 0 -> throw new IllegalStateException("as it was told to");
                case 1 -> Long.toString(deeper(1));
                case 2 -> Integer.toString(new long[Integer.MAX_VALUE].length);
                default -> throw new AssertionError("an error");
            };
        }

        private static long deeper(long depth) {
            return depth < 0 ? 0 : deeper(depth + 1) + 1;
        }
    }

    /** Counts what it is called. */
    private static final class Sane implements Plugin {
        private long handled;
        private long run;

        @Override
        public void setup(Registrar registrar) {
            registrar.events().on(TickStarted.class, (event, context) -> handled++);
            registrar.system(
                    SystemSpec.exclusive(
                            "count", Stage.UPKEEP, Access.none(), (sweep, now) -> run++));
        }
    }

    List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("horizon-faults-");
        try {
            return run(
                    List.of(
                            PluginJar.write(folder, "throwing", ThrowingPlugin.class),
                            PluginJar.write(folder, "deep", DeepPlugin.class),
                            PluginJar.write(folder, "greedy", GreedyPlugin.class)));
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private List<Figure> run(List<Path> broken) {
        Sane sane = new Sane();
        PluginHost host = new PluginHost(true, Map.of());
        host.add(new Faulty(), PluginDescriptor.of("faulty", Faulty.class));
        host.add(sane, PluginDescriptor.of("sane", Sane.class));
        LoadedPlugins plugins = host.load();
        Ferry ferry = new Ferry();
        try (WorldState world = WorldState.create(1, TickLoopBuilder.COMPONENTS);
                Schedule schedule = Schedule.of(world, plugins.systems(), plugins.derived(), 1);
                TickLoop loop =
                        TickLoop.of(world, schedule, plugins.events())
                                .plugins(plugins.plugins())
                                .tickLog(new KeepsNothing())
                                .transfers(ferry)
                                .build()) {
            ferry.begin(loop.transfers(), world.create(new Position(0, 0, 0)));
            long steps = 0;
            long lost = 0;
            long refused = 0;
            while (plugins.events().quarantine().total() < faults) {
                for (String name : NAMES) {
                    loop.operator().submit("engine:lift " + name);
                }
                loop.operator().submit("faulty:stumble");
                refused += isRefused(host, broken.get((int) (steps % broken.size()))) ? 1 : 0;
                tick++;
                steps++;
                lost += loop.step() ? 0 : 1;
            }
            progress.accept(
                    steps
                            + " ticks with seven faults each, "
                            + ferry.arrivals()
                            + " arrivals, "
                            + refused
                            + " versions refused");
            List<Figure> figures = new ArrayList<>();
            figures.addAll(figures(plugins, sane, steps, lost, loop.tick()));
            figures.add(
                    Figure.atMost(
                            "versions with a failing set-up that were taken",
                            steps - refused,
                            "",
                            0));
            return figures;
        }
    }

    /** Whether a version that fails in set-up is refused for that. */
    private static boolean isRefused(PluginHost host, Path broken) {
        try {
            host.propose(List.of(broken));
            return false;
        } catch (HorizonException e) {
            return e.code().equals(REFUSED);
        }
    }

    private List<Figure> figures(
            LoadedPlugins plugins, Sane sane, long steps, long lost, long ticks) {
        long touched =
                plugins.events().quarantine().reports().stream()
                        .map(QuarantineReport::plugin)
                        .filter(plugin -> !plugin.equals("faulty"))
                        .count();
        long missed = 2 * steps - sane.handled - sane.run;
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Figure.atLeast(
                        "faults injected", plugins.events().quarantine().total(), "", faults));
        figures.add(Figure.atMost("ticks lost to faults", lost + steps - ticks, "", 0));
        figures.add(Figure.atMost("calls that another plugin missed", missed + touched, "", 0));
        return figures;
    }
}
