package dev.horizon.engine.tick;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.host.LoadedPlugin;
import dev.horizon.engine.overload.OverloadConfig;
import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.ports.SessionSink;
import dev.horizon.engine.ports.SubscriptionSource;
import dev.horizon.engine.ports.TickClock;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.profiles.ProfileCodec;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.JumpColumn;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Sight;
import dev.horizon.engine.world.Tether;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a tick loop together. Ports that aren't named take nothing and give nothing; the tick log
 * has no such default, for a node must not forget by accident.
 */
public final class TickLoopBuilder {
    /** Components that the world of a tick loop must know. */
    public static final List<ComponentType<?>> COMPONENTS =
            List.of(
                    SessionStateColumn.TYPE,
                    MetadataColumn.TYPE,
                    PendingEventColumn.TYPE,
                    JumpColumn.TYPE);

    final WorldState world;
    final Schedule schedule;
    final EventBus events;
    TickConfig config = TickConfig.standard();
    TickState tick;
    String starSystem = "sol";
    private long seed = 1;
    List<Region> regions = List.of();
    InputSource inputs = (handler, limit) -> 0;
    TickLog tickLog;
    FrameSink frameSink = (tier, channelId, buffer, offset, length) -> true;
    SessionSink sessionSink = (buffer, offset, length) -> true;
    SubscriptionSource subscriptions = (handler, limit) -> 0;
    SubscriptionSource.SubscriptionHandler subscriptionHandler = new NoSubscriptions();
    ReplicationEncoder encoder = new NoEncoder();
    ProfileSink profileSink =
            (playerId, tick, x, y, z, buffer, offset, nameLength, ownedLength) -> true;
    ProfileForm profileForm = TickLoopBuilder::readProfile;
    TransferSink transferSink = TransferSink.NOBODY;
    TickClock clock = new RealClock();
    List<Sight> sights = List.of();
    List<Tether> tethers = List.of();
    final TransferDesk transferDesk;
    final List<StatePart> stateParts = new ArrayList<>();
    int snapshotEveryTicks;
    byte @Nullable [] state;
    List<LoadedPlugin> plugins = List.of();
    GhostConfig ghosts = GhostConfig.NONE;
    boolean runsAsync = true;
    CostBudget costs = CostBudget.NONE;
    @Nullable OverloadConfig overload;
    @Nullable PluginSource pluginSource;
    private long firstTick = 1;

    TickLoopBuilder(WorldState world, Schedule schedule, EventBus events) {
        this.world = world;
        this.schedule = schedule;
        this.events = events;
        this.transferDesk = new TransferDesk(events::services);
        this.tickLog = new Unset();
        this.tick = new TickState(seed, 1);
    }

    /** Rates and bounds. */
    public TickLoopBuilder config(TickConfig value) {
        config = value;
        return this;
    }

    /** The star system's name and the base of its randomness. */
    public TickLoopBuilder starSystem(String name, long starSystemSeed) {
        starSystem = name;
        seed = starSystemSeed;
        return this;
    }

    /** The number of the first tick, 1 where the world is new. */
    public TickLoopBuilder firstTick(long number) {
        firstTick = number;
        return this;
    }

    /** Regions that this node ticks for the first time. */
    public TickLoopBuilder startedRegions(List<Region> started) {
        regions = List.copyOf(started);
        return this;
    }

    /** Where inputs come from. */
    public TickLoopBuilder inputs(InputSource source) {
        inputs = source;
        return this;
    }

    /** Where ticks are recorded. */
    public TickLoopBuilder tickLog(TickLog log) {
        tickLog = log;
        return this;
    }

    /** Where frames go. */
    public TickLoopBuilder frames(FrameSink sink) {
        frameSink = sink;
        return this;
    }

    /** Where messages to sessions go. */
    public TickLoopBuilder messages(SessionSink sink) {
        sessionSink = sink;
        return this;
    }

    /** Who watches what, and who wants to know it. */
    public TickLoopBuilder subscriptions(
            SubscriptionSource source, SubscriptionSource.SubscriptionHandler handler) {
        subscriptions = source;
        subscriptionHandler = handler;
        return this;
    }

    /** What makes frames. */
    public TickLoopBuilder encoder(ReplicationEncoder value) {
        encoder = value;
        return this;
    }

    /** Where profiles go; those that logins bring have the form of {@link ProfileCodec}. */
    public TickLoopBuilder profiles(ProfileSink sink) {
        profileSink = sink;
        return this;
    }

    /** Where profiles go, and how those that logins bring are read. */
    public TickLoopBuilder profiles(ProfileSink sink, ProfileForm form) {
        profileSink = sink;
        profileForm = form;
        return this;
    }

    /** Who hears of what leaves for other nodes and comes from them. */
    public TickLoopBuilder transfers(TransferSink sink) {
        transferSink = sink;
        return this;
    }

    /** What it tells other nodes of its star system of what is near; nothing, without. */
    public TickLoopBuilder ghosts(GhostConfig told) {
        ghosts = told;
        transferDesk.tells(told);
        return this;
    }

    /** How far entities see; of several, the least answer counts. */
    public TickLoopBuilder sights(List<Sight> all) {
        sights = List.copyOf(all);
        return this;
    }

    /** What entities stay with though they move beyond the regions. */
    public TickLoopBuilder tethers(List<Tether> all) {
        tethers = List.copyOf(all);
        return this;
    }

    /** The plugins that run at first; changes come through the loop's desk alone. */
    public TickLoopBuilder plugins(List<LoadedPlugin> first) {
        plugins = List.copyOf(first);
        return this;
    }

    /** The same for a replay, whose inputs have changes: where their plugins come from. */
    public TickLoopBuilder plugins(List<LoadedPlugin> first, PluginSource source) {
        plugins = List.copyOf(first);
        pluginSource = source;
        return this;
    }

    /** Takes the answers of slow work from the inputs alone, as a replay must. */
    public TickLoopBuilder withoutAsync() {
        runsAsync = false;
        return this;
    }

    /**
     * What plugins' code may cost; nothing is measured without. Not for a replay: what came of it
     * is among the inputs.
     */
    public TickLoopBuilder costs(CostBudget budget) {
        costs = budget;
        return this;
    }

    /**
     * What is done while ticks take too long; nothing is, without. Not for a replay: what came of
     * it is among the inputs.
     */
    public TickLoopBuilder overload(OverloadConfig policy) {
        overload = policy;
        return this;
    }

    /** Real time. */
    public TickLoopBuilder clock(TickClock value) {
        clock = value;
        return this;
    }

    /** Adds state that ticks depend on and no column holds. */
    public TickLoopBuilder state(StatePart part) {
        stateParts.add(part);
        return this;
    }

    /** Ticks between two snapshots; 0, as unless set, for those alone that are asked for. */
    public TickLoopBuilder snapshotEvery(int ticks) {
        snapshotEveryTicks = ticks;
        return this;
    }

    /**
     * Goes on from a snapshot: the world is the one that it held.
     *
     * @param loopState its state beside the world
     */
    public TickLoopBuilder goingOnFrom(byte[] loopState) {
        state = loopState.clone();
        return this;
    }

    /**
     * The loop.
     *
     * @throws IllegalStateException when there is no tick log
     * @throws dev.horizon.engine.plugin.HorizonException HZ-TAPE-011 when it goes on from a
     *     snapshot that holds what this build doesn't know
     */
    public TickLoop build() {
        if (tickLog instanceof Unset) {
            throw new IllegalStateException("a tick loop needs a tick log; call tickLog");
        }
        tick = new TickState(seed, 1.0 / config.tickHz());
        tick.moveTo(firstTick - 1);
        return new TickLoop(this);
    }

    private static ProfileForm.Contents readProfile(DirectBuffer buffer, int offset, int length) {
        Profile profile = ProfileCodec.decode(buffer, offset, length);
        return new ProfileForm.Contents(
                profile.tick(), profile.x(), profile.y(), profile.z(), profile.owned());
    }

    private static final class Unset implements TickLog {
        @Override
        public long offer(DirectBuffer buffer, int offset, int length) {
            return -1;
        }

        @Override
        public long recordedPosition() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static final class NoEncoder implements ReplicationEncoder {
        @Override
        public void look(long tick) {}

        @Override
        public void locate(long tick) {}

        @Override
        public void encode(long tick, FrameHold out) {}

        @Override
        public boolean mayRelease(long channelId, DirectBuffer message, int offset) {
            return true;
        }

        @Override
        public void released(long channelId, DirectBuffer message, int offset) {}

        @Override
        public void lost(long channelId, DirectBuffer message, int offset) {}
    }

    private static final class NoSubscriptions implements SubscriptionSource.SubscriptionHandler {
        @Override
        public void onSubscribe(int gatewayId, long channelId) {}

        @Override
        public void onUnsubscribe(int gatewayId, long channelId) {}

        @Override
        public void onKeyframeRequest(int gatewayId, long channelId) {}

        @Override
        public void onGatewayGone(int gatewayId) {}
    }
}
