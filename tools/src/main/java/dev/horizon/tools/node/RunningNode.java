package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.RegisteredCommand;
import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.query.Condition;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.ComponentRegistry;
import dev.horizon.engine.tick.Counter;
import dev.horizon.engine.tick.EntityQuery;
import dev.horizon.engine.tick.OperatorDesk;
import dev.horizon.engine.tick.RegionCosts;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickMetrics;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.gateway.Gateway;
import dev.horizon.net.gateway.GatewayMetrics;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.live.ChannelStatus;
import dev.horizon.tools.live.CommandStatus;
import dev.horizon.tools.live.ComponentStatus;
import dev.horizon.tools.live.EntityForm;
import dev.horizon.tools.live.EntityStatus;
import dev.horizon.tools.live.EventStatus;
import dev.horizon.tools.live.LiveNode;
import dev.horizon.tools.live.NodeStatus;
import dev.horizon.tools.live.PluginStatus;
import dev.horizon.tools.live.StandbyStatus;
import dev.horizon.tools.live.SystemStatus;
import dev.horizon.tools.live.TapeStatus;
import dev.horizon.tools.live.TickTimes;
import dev.horizon.tools.live.TierStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What the API and {@code top} show of a node in this process. Thread-safe. */
final class RunningNode implements LiveNode {
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final int NORMAL_PERMILLE = 1_000;

    private final HorizonConfig config;
    private final PluginDesk desk;
    private final ComponentRegistry registry;
    private final Schedule schedule;
    private final TickLoop loop;
    private final ChannelEncoder encoder;
    private final TapeWatch tape;
    private final StandbyPlace standby;
    private final PluginBoard board;
    private final RecentTicks recent;
    private final Health health;
    private final long startNanos = System.nanoTime();
    private volatile @Nullable Gateway gateway;

    RunningNode(
            HorizonConfig config,
            PluginDesk desk,
            ComponentRegistry registry,
            Schedule schedule,
            TickLoop loop,
            ChannelEncoder encoder,
            TapeWatch tape,
            StandbyPlace standby) {
        this.config = config;
        this.desk = desk;
        this.registry = registry;
        this.schedule = schedule;
        this.loop = loop;
        this.encoder = encoder;
        this.tape = tape;
        this.standby = standby;
        this.board = new PluginBoard(desk, schedule, loop, tape::replayCommand);
        this.recent = new RecentTicks(loop.metrics()::tickNanos, this::bytes);
        this.health =
                new Health(
                        this::periodNanos, System::nanoTime, loop.metrics()::tick, this::heardTick);
    }

    /** The gateway, once it is there. */
    void gateway(Gateway of) {
        gateway = of;
    }

    /** Who watches for code that doesn't return. */
    void hangs(HangWatch by) {
        board.hangs(by);
    }

    /** Looked at several times a second by a thread of the node's. */
    Health health() {
        return health;
    }

    @Override
    public NodeStatus status() {
        TickMetrics metrics = loop.metrics();
        RecentTicks.Window window = recent.window();
        Histogram ticks = window.ticks();
        return new NodeStatus(
                Build.name(),
                ProcessHandle.current().pid(),
                config.node().starSystem(),
                health.isHealthy(metrics.sessions()),
                metrics.tick(),
                config.node().tickHz(),
                metrics.originNanos(),
                metrics.budgetNanos() / MILLI,
                new NodeStatus.TickMillis(
                        metrics.lastTickNanos() / MILLI,
                        ticks.getValueAtPercentile(50) / MILLI,
                        ticks.getValueAtPercentile(99) / MILLI,
                        ticks.getValueAtPercentile(99.9) / MILLI,
                        ticks.getMaxValue() / MILLI),
                metrics.count(Counter.TICKS_OVER_BUDGET),
                overload(metrics),
                metrics.count(Counter.BUDGET_OVERRUNS),
                metrics.entities(),
                metrics.sessions(),
                window.bytesPerSecond(),
                "%016x".formatted(metrics.hash()),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos),
                radii());
    }

    private static NodeStatus.OverloadStatus overload(TickMetrics metrics) {
        OverloadStep step = metrics.overloadStep();
        return new NodeStatus.OverloadStatus(
                step.word(),
                step.ordinal(),
                metrics.loadPermille() / 10,
                metrics.dilationPermille() / 1e3,
                metrics.count(Counter.OVERLOAD_STEPS));
    }

    @Override
    public TickTimes tickTimes() {
        TickMetrics metrics = loop.metrics();
        return TickTimes.of(metrics.tick(), metrics.budgetNanos(), metrics.tickNanos());
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        for (Counter counter : Counter.values()) {
            counters.put(
                    counter.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    loop.metrics().count(counter));
        }
        return counters;
    }

    @Override
    public GatewayMetrics.@Nullable Snapshot gatewayFigures() {
        Gateway of = gateway;
        return of == null ? null : of.metrics().snapshot();
    }

    @Override
    public TapeStatus tape() {
        return tape.status();
    }

    @Override
    public StandbyStatus standby() {
        return standby.status();
    }

    @Override
    public void detachStandby(boolean isStandbyGone) throws InterruptedException {
        standby.detach(isStandbyGone);
    }

    @Override
    public List<SystemStatus> systems() {
        return schedule.timings().stream()
                .map(system ->
                        new SystemStatus(
                                system.name(),
                                system.runs(),
                                system.nanosPerTick().getValueAtPercentile(50) / MICRO,
                                system.nanosPerTick().getValueAtPercentile(99) / MICRO,
                                system.nanosPerTick().getMaxValue() / MICRO,
                                system.quarantined()))
                .toList();
    }

    @Override
    public List<TierStatus> tiers() {
        return Arrays.stream(Tier.values())
                .map(tier ->
                        new TierStatus(
                                tier.name(),
                                encoder.subscribedChannels(tier),
                                encoder.counters().frames(tier),
                                encoder.counters().bytes(tier),
                                encoder.counters().placeRows(tier)
                                        + encoder.counters().attitudeRows(tier)
                                        + encoder.counters().componentRows(tier)))
                .toList();
    }

    @Override
    public List<ChannelStatus> busiestChannels() {
        return encoder.busiestChannels().stream().map(ChannelStatus::of).toList();
    }

    @Override
    public List<PluginStatus> plugins() {
        return board.plugins();
    }

    @Override
    public List<CommandStatus> commands() {
        List<CommandStatus> all = new ArrayList<>();
        for (RegisteredCommand command : loop.events().commands()) {
            CommandSpec spec = command.spec();
            all.add(new CommandStatus(command.name(), spec.usage(), spec.help()));
        }
        for (CommandSpec own : OperatorDesk.commands()) {
            all.add(new CommandStatus("engine:" + own.name(), own.usage(), own.help()));
        }
        return all;
    }

    @Override
    public List<EventStatus> events() {
        EventBus events = loop.events();
        List<String> quarantined = events.quarantined();
        return events.statistics().stream()
                .map(event ->
                        new EventStatus(
                                event.event(),
                                event.dispatched(),
                                event.refused(),
                                event.nanos().getValueAtPercentile(99) / MICRO,
                                (int)
                                        quarantined.stream()
                                                .filter(n -> n.endsWith(event.event()))
                                                .count()))
                .toList();
    }

    @Override
    public List<ComponentStatus> components() {
        return registry.types().stream().map(ComponentStatus::of).toList();
    }

    @Override
    public CompletableFuture<@Nullable EntityStatus> entity(EntityId id) {
        return loop.inspector()
                .inspect(id)
                .thenApply(found -> found.isEmpty() ? null : EntityForm.of(found.getFirst()));
    }

    @Override
    public CompletableFuture<List<EntityStatus>> query(Condition condition, int limit) {
        return loop.inspector()
                .query(
                        new EntityQuery(List.copyOf(condition.required()), List.of(), limit),
                        view -> condition.holds(EntityForm.of(view).components()))
                .thenApply(found -> found.stream().map(EntityForm::of).toList());
    }

    @Override
    public CompletableFuture<RegionCosts> costs(Region region) {
        return loop.inspector().costs(region);
    }

    @Override
    public CompletableFuture<String> command(String name, List<String> arguments) {
        return loop.operator().submit(String.join(" ", name, String.join(" ", arguments)).strip());
    }

    @Override
    public CompletableFuture<String> plugin(String verb, List<String> arguments) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        answer.complete(desk.run(verb, arguments));
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }

    private Map<String, Double> radii() {
        Map<String, Double> radii = new LinkedHashMap<>();
        ChannelConfig channels = config.channelConfig();
        for (Tier tier : List.of(Tier.CLOSE, Tier.MEDIUM, Tier.LOW)) {
            radii.put(tier.name(), channels.tier(tier).radiusMetres());
        }
        return radii;
    }

    private long bytes() {
        long sum = 0;
        for (Tier tier : Tier.values()) {
            sum += loop.metrics().bytes(tier);
        }
        return sum;
    }

    /** Of a tick, at the rate at which time runs. */
    private long periodNanos() {
        TickMetrics metrics = loop.metrics();
        return metrics.budgetNanos() * NORMAL_PERMILLE / metrics.dilationPermille();
    }

    /** The newest tick that a subscriber has received. */
    long heardTick() {
        Gateway to = gateway;
        return to == null ? 0 : to.tick();
    }
}
