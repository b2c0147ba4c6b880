package dev.horizon.tools.tape;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TapeWriter;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.ExpandableArrayBuffer;

/** A tick loop whose tape a test writes without a node: many ticks in no time. */
public final class RecordedRun implements AutoCloseable {
    private static final long SEED = 7;
    private static final double FAR = 1e9;

    private final WorldState world;
    private final Schedule schedule;
    private final TapeWriter tape;
    private final TickLoop loop;
    private final List<byte[]> inputs = new ArrayList<>();

    private RecordedRun(
            Path data,
            LoadedPlugins plugins,
            Map<String, Map<String, Object>> config,
            int threads) {
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world = WorldState.create(1, components);
        schedule = Schedule.alwaysParallel(world, plugins.systems(), plugins.derived(), threads);
        List<Region> regions = List.of(new Region(1, "test", 1, -FAR, -FAR, -FAR, FAR, FAR, FAR));
        new JarShelf(data).keep(plugins.plugins());
        tape =
                TapeWriter.create(
                        data,
                        1,
                        new TapeHeader(SEED, 1, 20, "test", "test"),
                        TapeSetup.of(
                                        world,
                                        TickConfig.standard(),
                                        regions,
                                        plugins,
                                        config,
                                        List.of(),
                                        null)
                                .encode());
        loop =
                TickLoop.of(world, schedule, plugins.events())
                        .sights(plugins.sights())
                        .starSystem("test", SEED)
                        .startedRegions(regions)
                        .inputs(this::feed)
                        .tickLog(tape)
                        .build();
    }

    /** Of plugins that are loaded. */
    public static RecordedRun of(Path data, LoadedPlugins plugins, int threads) {
        return new RecordedRun(data, plugins, Map.of(), threads);
    }

    /** Of a jar. */
    public static RecordedRun of(Path data, Path jar, Map<String, Map<String, Object>> config) {
        PluginHost host = new PluginHost(true, config);
        host.scan(List.of(jar));
        return new RecordedRun(data, host.load(), config, 1);
    }

    /** Runs ticks. */
    public RecordedRun tick(int count) {
        for (int i = 0; i < count; i++) {
            if (!loop.step()) {
                throw new AssertionError("the tick was not recorded");
            }
        }
        return this;
    }

    /** Logs a player in with the next tick. */
    public RecordedRun login(String name) {
        ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        int length =
                new SessionOpenedEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                        .sessionId(77)
                        .playerId(88)
                        .gatewayId(1)
                        .resumed((short) 0)
                        .resumeNonce(5)
                        .begins(0)
                        .playerName(name)
                        .remoteAddress("test")
                        .putProfile(new byte[0], 0, 0)
                        .encodedLength();
        byte[] message = new byte[MessageHeaderEncoder.ENCODED_LENGTH + length];
        out.getBytes(0, message);
        inputs.add(message);
        return this;
    }

    /** Hands an operator's command to the next tick. */
    public RecordedRun command(String line) {
        loop.operator().submit(line);
        return this;
    }

    /** Takes a snapshot of the last tick. */
    public RecordedRun snapshot() {
        tape.snapshot(
                loop.tick(),
                world.hash(),
                world.entities(),
                WorldSnapshot.write(world),
                loop.state());
        return this;
    }

    /** The world. */
    public WorldState world() {
        return world;
    }

    private int feed(InputSource.InputHandler handler, int limit) {
        int fed = 0;
        for (byte[] input : inputs) {
            handler.onInput(new org.agrona.concurrent.UnsafeBuffer(input), 0, input.length);
            fed++;
        }
        inputs.clear();
        return fed;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(loop, schedule, world, tape);
    }
}
