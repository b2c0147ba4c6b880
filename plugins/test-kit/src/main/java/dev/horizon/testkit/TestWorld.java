package dev.horizon.testkit;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.GhostConfig;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.tick.TickMetrics;
import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A world in a test: the real tick loop, codecs and host around the given plugins, in memory, with
 * ticks that pass when the test says so. A handler or system that throws fails the test at the tick
 * in which it did. For one thread.
 *
 * <pre>{@code
 * try (TestWorld world = TestWorld.with(Greeter.class)) {
 *     FakePlayer ada = world.connect("Ada");
 *     ada.send("chat", "message", new ChatMessage("hello there"));
 *     world.tick(1);
 *     assertThat(ada.received(Greeting.class)).hasSize(2);
 * }
 * }</pre>
 */
public final class TestWorld implements AutoCloseable {
    private static final int ANSWER_SECONDS_MAX = 10;
    private static final GhostConfig GHOSTS = new GhostConfig(1, 20e3, 80e3, 400e3, 20e6);

    private final TestWorldBuilder from;
    private LoadedPlugins plugins;
    private WorldState world;
    private Schedule schedule;
    private TickLoop loop;
    private final Gate gate;
    final TestMesh.Post post = new TestMesh.Post();
    private final boolean toleratesFaults;
    private final List<Long> hashes = new ArrayList<>();
    private final List<Map<String, Long>> componentHashes = new ArrayList<>();
    private int knownFaults;

    TestWorld(TestWorldBuilder from) {
        this.from = from;
        toleratesFaults = from.toleratesFaults;
        gate = new Gate(from.idBlock);
        plugins = load();
        world = WorldState.create(from.idBlock, components(), true);
        schedule = schedule();
        loop = loop().build();
    }

    private List<ComponentType<?>> components() {
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        return components;
    }

    private Schedule schedule() {
        return from.threads == 1
                ? Schedule.of(world, plugins.systems(), plugins.derived(), 1)
                : Schedule.alwaysParallel(
                        world, plugins.systems(), plugins.derived(), from.threads);
    }

    private TickLoopBuilder loop() {
        return TickLoop.of(world, schedule, plugins.events())
                .config(small(from.tickHz))
                .sights(plugins.sights())
                .plugins(plugins.plugins())
                .starSystem("test", from.seed)
                .startedRegions(from.regions)
                .inputs(gate)
                .messages(gate)
                .transfers(post)
                .ghosts(GHOSTS)
                .profiles(gate)
                .tickLog(new MemoryTape());
    }

    /** A world of plugins by their classes. */
    @SafeVarargs
    public static TestWorld with(Class<? extends Plugin>... plugins) {
        TestWorldBuilder builder = builder();
        for (Class<? extends Plugin> plugin : plugins) {
            builder.plugin(plugin);
        }
        return builder.build();
    }

    /** A world of plugin objects. */
    public static TestWorld with(Plugin... plugins) {
        TestWorldBuilder builder = builder();
        for (Plugin plugin : plugins) {
            builder.plugin(plugin);
        }
        return builder.build();
    }

    /** A world to be configured. */
    public static TestWorldBuilder builder() {
        return new TestWorldBuilder();
    }

    /**
     * Lets ticks pass.
     *
     * @throws AssertionError when a handler or system threw, unless the world tolerates that
     */
    public void tick(int count) {
        for (int i = 0; i < count; i++) {
            if (!loop.step()) {
                throw new AssertionError("the tick was not recorded");
            }
            hashes.add(loop.metrics().hash());
            componentHashes.add(hashesByComponent());
            failOnFaults();
        }
    }

    /**
     * Ends as a killed node does, and comes back from what its last tick came to: with everything
     * made anew but what is in columns. Players keep their connections. {@link #world} answers with
     * another world from then on.
     */
    public void comeBack() {
        byte[] columns = WorldSnapshot.write(world);
        byte[] state = loop.state();
        long next = loop.tick() + 1;
        close();
        plugins = load();
        world = WorldSnapshot.read(columns, components());
        schedule = schedule();
        loop = loop().firstTick(next).goingOnFrom(state).build();
        knownFaults = 0;
    }

    /**
     * Makes every plugin anew, as a reload does, and lets one tick pass. What a plugin kept outside
     * columns is gone then.
     *
     * @throws HorizonException when a running node would refuse it
     */
    public void reload() {
        LoadedPlugins next = load();
        CompletableFuture<Long> done = loop.pluginChanges().submit(new byte[0], next);
        tick(1);
        try {
            done.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HorizonException refused) {
                throw refused;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the reload was not done", e);
        }
        plugins = next;
    }

    /** Puts another version in the place of a plugin, and reloads; lets one tick pass. */
    public void reload(String name, Plugin next) {
        from.replace(name, next);
        reload();
    }

    private LoadedPlugins load() {
        PluginHost host = new PluginHost(true, from.config);
        from.plugins.forEach(given -> host.add(given.anew(), given.descriptor()));
        return host.load();
    }

    /** The bus, with its catalogue and what is in quarantine. */
    EventBus events() {
        return loop.events();
    }

    /** Where its players are connected. */
    Gate gate() {
        return gate;
    }

    /** Of its ids: by this number other worlds of a mesh know it. */
    int idBlock() {
        return world.idBlock();
    }

    /** What it ticks, as it was started. */
    List<Region> regions() {
        return from.regions;
    }

    /** Takes what other worlds send. */
    TransferDesk transfers() {
        return loop.transfers();
    }

    /** Logs a player in and lets one tick pass. They find again what they left with. */
    public FakePlayer connect(String name) {
        FakePlayer player = new FakePlayer(this, gate, name);
        player.connect();
        return player;
    }

    /**
     * Types an operator's command and lets one tick pass.
     *
     * @return its answer
     * @throws HorizonException when it is refused
     */
    public String command(String line) {
        CompletableFuture<String> answer = loop.operator().submit(line);
        tick(1);
        try {
            return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HorizonException refused) {
                throw refused;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the command was not answered: " + line, e);
        }
    }

    /** The world, between ticks. Structural changes made here show at the next tick. */
    public World world() {
        return world;
    }

    /** The number of the last tick. */
    public long tick() {
        return loop.tick();
    }

    /** The hash of the whole world after the last tick. */
    public long hash() {
        return world.hash();
    }

    /** The hash after every tick so far. */
    public List<Long> hashes() {
        return List.copyOf(hashes);
    }

    /** What the loop counted and timed. */
    public TickMetrics metrics() {
        return loop.metrics();
    }

    /** What threw so far, in a world that tolerates it. */
    public List<QuarantineReport> faults() {
        return loop.events().quarantine().reports();
    }

    /** What the plugins registered. */
    public LoadedPlugins plugins() {
        return plugins;
    }

    @Override
    public void close() {
        loop.close();
        schedule.close();
        world.close();
    }

    Map<String, Long> componentHashes(int tickIndex) {
        return componentHashes.get(tickIndex);
    }

    private Map<String, Long> hashesByComponent() {
        Map<String, Long> byName = new LinkedHashMap<>();
        for (ComponentType<?> type : world.registry().types()) {
            byName.put(type.name(), world.hash(type));
        }
        return byName;
    }

    private void failOnFaults() {
        List<QuarantineReport> reports = faults();
        if (!toleratesFaults && reports.size() > knownFaults) {
            QuarantineReport report = reports.getLast();
            knownFaults = reports.size();
            throw new AssertionError(
                    report.name()
                            + " threw at tick "
                            + report.tick()
                            + " on "
                            + report.event()
                            + "\n"
                            + report.stack());
        }
    }

    /** Bounds that suit a test: what waits, waits for no time. */
    private static TickConfig small(int tickHz) {
        int bytes = 1 << 20;
        return new TickConfig(
                tickHz,
                8192,
                bytes,
                4,
                4096,
                bytes,
                bytes,
                10,
                10,
                0,
                30,
                5,
                bytes,
                10_000,
                TickConfig.standard().budget());
    }
}
