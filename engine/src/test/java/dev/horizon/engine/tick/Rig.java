package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.overload.OverloadConfig;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.ports.TickClock;
import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.schemas.session.SessionFocusDecoder;
import dev.horizon.schemas.session.SessionHandoverDecoder;
import dev.horizon.schemas.session.SessionMessageDecoder;
import dev.horizon.schemas.session.SessionRefusedDecoder;
import dev.horizon.schemas.session.SessionWelcomeDecoder;
import dev.horizon.schemas.session.TickEndDecoder;
import dev.horizon.schemas.ticklog.GatewayLostEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.RawClientMessageEncoder;
import dev.horizon.schemas.ticklog.SessionClosedEncoder;
import dev.horizon.schemas.ticklog.SessionEventEncoder;
import dev.horizon.schemas.ticklog.SessionFollowsEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A tick loop with everything around it in memory. */
final class Rig implements AutoCloseable {
    static final Region REGION = new Region(1, "sol", 1, -1, -1, -1, 1, 1, 1);

    final WorldState world;
    final Schedule schedule;
    final LoadedPlugins plugins;
    final MemoryTickLog log = new MemoryTickLog();
    final Deque<byte[]> inputs = new ArrayDeque<>();

    /** Frames of the last tick's end, by tier. */
    List<Long> tierFrames = List.of();

    final List<String> received = new ArrayList<>();
    final Map<Long, byte[]> profiles = new LinkedHashMap<>();
    final StepClock clock = new StepClock();
    final TickLoop loop;
    boolean takesMessages = true;

    /** Who hears of entities that leave and come. */
    TransferSink transfers = TransferSink.NOBODY;

    /** As of when the profiles that logins bring are. */
    long profileTick = Long.MAX_VALUE;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 20]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final org.agrona.ExpandableArrayBuffer ignored = new org.agrona.ExpandableArrayBuffer();

    /** Time that only a test moves. */
    static final class StepClock implements TickClock {
        long now = 1_000;
        final List<Long> awaited = new ArrayList<>();
        Runnable onAwait = () -> {};

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void awaitNanos(long deadlineNanos) {
            awaited.add(deadlineNanos);
            now = Math.max(now, deadlineNanos);
            onAwait.run();
        }
    }

    Rig(Plugin... given) {
        this(TickConfig.standard(), 1, given);
    }

    Rig(TickConfig config, int idBlock, Plugin... given) {
        this(config, idBlock, new TestEncoder(), given);
    }

    Rig(TickConfig config, int idBlock, TestEncoder encoder, Plugin... given) {
        this(config, idBlock, 1, CostBudget.NONE, null, encoder, Map.of(), given);
    }

    Rig(TickConfig config, int threads, CostBudget costs, Plugin... given) {
        this(config, 1, threads, costs, null, new TestEncoder(), Map.of(), given);
    }

    /** With the plugins' tables of a configuration. */
    Rig(CostBudget costs, Map<String, Map<String, Object>> tables, Plugin... given) {
        this(TickConfig.standard(), 1, 1, costs, null, new TestEncoder(), tables, given);
    }

    /** That does something while its ticks take too long. */
    Rig(OverloadConfig overload, Plugin... given) {
        this(
                TickConfig.standard(),
                1,
                1,
                CostBudget.NONE,
                overload,
                new TestEncoder(),
                Map.of(),
                given);
    }

    private Rig(
            TickConfig config,
            int idBlock,
            int threads,
            CostBudget costs,
            @Nullable OverloadConfig overload,
            TestEncoder encoder,
            Map<String, Map<String, Object>> tables,
            Plugin... given) {
        PluginHost host = new PluginHost(true, tables);
        for (int i = 0; i < given.length; i++) {
            host.add(given[i], PluginDescriptor.of("plugin-" + i, given[i].getClass()));
        }
        plugins = host.load();
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world = WorldState.create(idBlock, components);
        schedule =
                threads == 1
                        ? Schedule.of(world, plugins.systems(), plugins.derived(), 1)
                        : Schedule.alwaysParallel(
                                world, plugins.systems(), plugins.derived(), threads);
        TickLoopBuilder builder = TickLoop.of(world, schedule, plugins.events());
        if (overload != null) {
            builder.overload(overload);
        }
        loop =
                builder.config(config)
                        .costs(costs)
                        .plugins(plugins.plugins())
                        .starSystem("sol", 7)
                        .startedRegions(List.of(REGION))
                        .sights(plugins.sights())
                        .tethers(plugins.tethers())
                        .encoder(encoder)
                        .inputs(this::poll)
                        .tickLog(log)
                        .messages(this::receive)
                        .transfers(new Told())
                        .ghosts(new GhostConfig(2, 1_000, 4_000, 20_000, 1_000_000))
                        .profiles(
                                (id, tick, x, y, z, from, offset, nameLength, ownedLength) -> {
                                    byte[] owned = new byte[ownedLength];
                                    from.getBytes(offset + nameLength, owned);
                                    profiles.put(id, owned);
                                    return true;
                                },
                                (from, offset, length) -> {
                                    byte[] owned = new byte[length];
                                    from.getBytes(offset, owned);
                                    return new ProfileForm.Contents(
                                            profileTick, Double.NaN, Double.NaN, Double.NaN, owned);
                                })
                        .clock(clock)
                        .build();
    }

    /** None, as of a loop that begins. */
    Transfers noTransfers() {
        return new Transfers(
                TickLoop.of(world, schedule, plugins.events()), loop.sessions().handovers());
    }

    /** Tells whom a test names. */
    private final class Told implements TransferSink {
        @Override
        public void parcel(long destination, long sequence, byte[] parcel) {
            transfers.parcel(destination, sequence, parcel);
        }

        @Override
        public void outcome(long transfer, Outcome outcome) {
            transfers.outcome(transfer, outcome);
        }

        @Override
        public void refused(long transfer, long entity, String code, String reason) {
            transfers.refused(transfer, entity, code, reason);
        }

        @Override
        public void received(long source, long sequence, List<Long> returned) {
            transfers.received(source, sequence, returned);
        }

        @Override
        public void jumps(long entity, long jump, String starSystem, double x, double y, double z) {
            transfers.jumps(entity, jump, starSystem, x, y, z);
        }

        @Override
        public void ghosts(long destination, byte[] message) {
            transfers.ghosts(destination, message);
        }

        @Override
        public void beyond(long entity, double x, double y, double z) {
            transfers.beyond(entity, x, y, z);
        }
    }

    void tick(int count) {
        for (int i = 0; i < count; i++) {
            if (!loop.step()) {
                throw new AssertionError("the node pauses");
            }
        }
    }

    void login(long player, String name) {
        login(player, player, name, false, profiles.getOrDefault(player, new byte[0]));
    }

    void login(long session, long player, String name, boolean resumed, byte[] profile) {
        login(session, player, name, resumed ? 1 : 0, 1, 99, profile);
    }

    /** Goes on with a session through a gateway, with the number that its ticket has. */
    void resume(long player, String name, int gateway, long nonce) {
        login(player, player, name, 1, gateway, nonce, new byte[0]);
    }

    void login(
            long session,
            long player,
            String name,
            int kind,
            int gateway,
            long nonce,
            byte[] profile) {
        login(session, player, name, kind, gateway, nonce, 0, profile);
    }

    void login(
            long session,
            long player,
            String name,
            int kind,
            int gateway,
            long nonce,
            long begins,
            byte[] profile) {
        SessionOpenedEncoder encoder = new SessionOpenedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .playerId(player)
                .gatewayId(gateway)
                .resumed((short) kind)
                .resumeNonce(nonce)
                .begins(begins)
                .playerName(name)
                .remoteAddress("127.0.0.1:1")
                .putProfile(profile, 0, profile.length);
        input(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    void follows(long session, long destination, boolean follows) {
        SessionFollowsEncoder encoder = new SessionFollowsEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .destination(destination)
                .follows((short) (follows ? 1 : 0));
        input(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    void gatewayLost(int gateway) {
        GatewayLostEncoder encoder = new GatewayLostEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).gatewayId(gateway);
        input(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    void logout(long session) {
        SessionClosedEncoder encoder = new SessionClosedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .reason((short) DisconnectReason.LEFT.ordinal());
        input(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    @SuppressWarnings("unchecked")
    void event(long session, int sequence, String namespace, String event, Record data) {
        var codec =
                EventCodec.of(
                        Direction.FROM_CLIENT,
                        namespace,
                        event,
                        false,
                        (Class<Record>) data.getClass());
        byte[] payload = new byte[4096];
        int length = codec.encode(data, new UnsafeBuffer(payload), 0);
        event(session, sequence, codec.shape().id(), payload, length);
    }

    void event(long session, int sequence, int type, byte[] payload, int length) {
        SessionEventEncoder encoder = new SessionEventEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .sequence(sequence)
                .eventType(type)
                .putPayload(payload, 0, length);
        input(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    void raw(long session, int sequence, String namespace, String event, String data) {
        RawClientMessageEncoder encoder = new RawClientMessageEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .sequence(sequence)
                .eventNamespace(namespace)
                .eventName(event)
                .putData(data.getBytes(), 0, data.length());
        input(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private void input(int length) {
        byte[] message = new byte[length];
        buffer.getBytes(0, message);
        inputs.add(message);
    }

    private int poll(dev.horizon.engine.ports.InputSource.InputHandler handler, int limit) {
        int taken = 0;
        while (taken < limit && !inputs.isEmpty()) {
            byte[] first = inputs.peekFirst();
            if (!handler.onInput(new UnsafeBuffer(first), 0, first.length)) {
                break;
            }
            inputs.removeFirst();
            taken++;
        }
        return taken;
    }

    private boolean receive(DirectBuffer from, int offset, int length) {
        if (!takesMessages) {
            return false;
        }
        var headerDecoder = new dev.horizon.schemas.session.MessageHeaderDecoder();
        headerDecoder.wrap(from, offset);
        received.add(
                switch (headerDecoder.templateId()) {
                    case SessionWelcomeDecoder.TEMPLATE_ID -> {
                        var welcome = new SessionWelcomeDecoder();
                        welcome.wrapAndApplyHeader(from, offset, headerDecoder);
                        yield "welcome " + welcome.sessionId();
                    }
                    case SessionRefusedDecoder.TEMPLATE_ID -> {
                        var refused = new SessionRefusedDecoder();
                        refused.wrapAndApplyHeader(from, offset, headerDecoder);
                        yield "refused "
                                + refused.sessionId()
                                + " "
                                + refused.code()
                                + (refused.closes() == 1 ? " closes" : "");
                    }
                    case SessionFocusDecoder.TEMPLATE_ID -> {
                        var focus = new SessionFocusDecoder();
                        focus.wrapAndApplyHeader(from, offset, headerDecoder);
                        yield "focus "
                                + focus.sessionId()
                                + " at "
                                + focus.x()
                                + " seq "
                                + focus.lastInputSequence()
                                + reach(focus);
                    }
                    case SessionMessageDecoder.TEMPLATE_ID -> {
                        var message = new SessionMessageDecoder();
                        message.wrapAndApplyHeader(from, offset, headerDecoder);
                        var shape = plugins.events().catalogue().byId(message.eventType());
                        yield "event " + message.sessionId() + " " + shape.event();
                    }
                    case SessionHandoverDecoder.TEMPLATE_ID -> {
                        var handover = new SessionHandoverDecoder();
                        handover.wrapAndApplyHeader(from, offset, headerDecoder);
                        yield "handover "
                                + handover.sessionId()
                                + " to "
                                + handover.destination()
                                + (handover.gone() == 1 ? " gone" : "");
                    }
                    case TickEndDecoder.TEMPLATE_ID -> {
                        var end = new TickEndDecoder();
                        end.wrapAndApplyHeader(from, offset, headerDecoder);
                        StringBuilder text = new StringBuilder("end " + end.tick());
                        text.append(" frames ").append(end.frames());
                        tierFrames =
                                List.of(
                                        end.closeFrames(),
                                        end.mediumFrames(),
                                        end.lowFrames(),
                                        end.sensorFrames());
                        text.append((end.flags() & 1) == 1 ? " more" : "");
                        text.append(end.flags() > 1 ? " step " + (end.flags() >> 1) : "");
                        for (var ack : end.acks()) {
                            text.append(" ").append(ack.sessionId()).append(':');
                            text.append(ack.sequence());
                        }
                        yield text.toString();
                    }
                    default -> "unknown";
                });
        return true;
    }

    private static String reach(SessionFocusDecoder focus) {
        StringBuilder text = new StringBuilder();
        if (Double.isFinite(focus.sensorMetres())) {
            text.append(" sees ").append(focus.sensorMetres());
        }
        for (var entry : focus.focus()) {
            text.append(" + ").append(new EntityId(entry.entityId()));
        }
        return text.toString();
    }

    /** What sessions received, focus messages and ends of ticks apart. */
    List<String> events() {
        return received.stream()
                .filter(text -> !text.startsWith("focus") && !text.startsWith("end "))
                .toList();
    }

    /** The focus messages. */
    List<String> focuses() {
        return received.stream().filter(text -> text.startsWith("focus")).toList();
    }

    /** The ends of ticks. */
    List<String> ends() {
        return received.stream().filter(text -> text.startsWith("end ")).toList();
    }

    @Override
    public void close() {
        loop.close();
        schedule.close();
        world.close();
    }

    /**
     * Transfers of a life that goes on from the state of now, and tells a sink again what is open;
     * they write the same state.
     */
    Transfers comeback(TransferSink again) {
        Transfers transfers =
                new Transfers(
                        TickLoop.of(world, schedule, plugins.events()).transfers(again),
                        loop.sessions().handovers());
        byte[] part = LoopState.only(TransferState.NAME, loop.state());
        int head = 1 + TransferState.NAME.length() + Integer.BYTES;
        new TransferState(transfers).read(new UnsafeBuffer(part), head, part.length - head);
        transfers.words.release(0);
        byte[] written = new byte[part.length - head];
        new TransferState(transfers).write(new UnsafeBuffer(written), 0);
        assertThat(written).isEqualTo(Arrays.copyOfRange(part, head, part.length));
        return transfers;
    }
}
