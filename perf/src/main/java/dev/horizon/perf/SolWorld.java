package dev.horizon.perf;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.dispatch.LaterEvents;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.SystemFaultListener;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Tier;
import dev.horizon.plugins.sol.SolPlugin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo star system without sessions and network, stepped by hand. */
public final class SolWorld implements AutoCloseable {
    private static final double DT = 0.05;
    private static final double EXTENT = 1e9;
    private static final int TICK_HZ = 20;

    private final WorldState state;
    private final Schedule schedule;
    private final LoadedPlugins plugins;
    private final TickState tick;
    private final ChannelEncoder encoder;
    private final HeldFrames frames = new HeldFrames();
    private final SystemFaultListener faults = (system, number, thrown) -> fault = thrown;
    private @Nullable Throwable fault;

    /**
     * Lays the system out.
     *
     * @param objects ships and others together, a fifth of them ships
     * @param threads that systems run on
     */
    public SolWorld(int objects, long seed, int threads) {
        int ships = objects / 5;
        PluginHost host =
                new PluginHost(
                        true,
                        Map.of(
                                "sol",
                                Map.of("seed", seed, "ships", ships, "objects", objects - ships)));
        host.add(new SolPlugin(), PluginDescriptor.of("sol", SolPlugin.class));
        plugins = host.load();
        state = WorldState.create(1, plugins.components());
        schedule = Schedule.of(state, plugins.systems(), plugins.derived(), threads);
        tick = new TickState(seed, DT);
        plugins.events().attach(tick, state, new Nobody(), LaterEvents.NONE);
        tick.advance();
        plugins.events()
                .dispatch(
                        new RegionStarted(
                                new Region(
                                        1, "sol", 1, -EXTENT, -EXTENT, -EXTENT, EXTENT, EXTENT,
                                        EXTENT)));
        state.apply();
        encoder = new ChannelEncoder(state, ChannelConfig.standard(), TICK_HZ);
        for (Tier tier : Tier.values()) {
            for (long channel : InterestRules.wholeSystem(tier)) {
                encoder.subscriptions().onSubscribe(1, channel);
            }
        }
    }

    /** One tick: handlers, systems, structural changes, change ticks. */
    public void step() {
        plugins.events().dispatch(TickStarted.INSTANCE);
        if (state.hasPendingChanges()) {
            state.apply();
        }
        schedule.run(tick, faults);
        if (fault != null) {
            throw new IllegalStateException("a system failed in tick " + tick.number(), fault);
        }
        state.apply();
        state.stamp(tick.number());
        tick.advance();
    }

    /** Publishes the last tick to a gateway that watches every channel and keeps up. */
    public void publish() {
        long last = tick.number() - 1;
        encoder.locate(last);
        encoder.encode(last, frames);
        frames.release(encoder);
    }

    /** What was published so far, bytes. */
    public long bytes() {
        long sum = 0;
        for (Tier tier : Tier.values()) {
            sum += encoder.counters().bytes(tier);
        }
        return sum;
    }

    /** The tick that comes next. */
    public long tick() {
        return tick.number();
    }

    /** The state. */
    public WorldState state() {
        return state;
    }

    /** The systems. */
    public Schedule schedule() {
        return schedule;
    }

    /** Runs an operator's command. */
    public String command(String name, String... arguments) {
        return plugins.events().command(name, List.of(arguments));
    }

    @Override
    public void close() {
        schedule.close();
        state.close();
    }
}
