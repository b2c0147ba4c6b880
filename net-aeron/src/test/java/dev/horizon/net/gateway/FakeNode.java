package dev.horizon.net.gateway;

import dev.horizon.engine.events.OverloadStep;
import dev.horizon.net.streams.NodeRoom;
import dev.horizon.schemas.replication.BeaconEncoder;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.replication.RecutEncoder;
import dev.horizon.schemas.session.SessionFocusEncoder;
import dev.horizon.schemas.session.SessionHandoverEncoder;
import dev.horizon.schemas.session.SessionMessageEncoder;
import dev.horizon.schemas.session.SessionRefusedEncoder;
import dev.horizon.schemas.session.SessionWelcomeEncoder;
import dev.horizon.schemas.session.TickEndEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.RawClientMessageDecoder;
import dev.horizon.schemas.ticklog.SessionClosedDecoder;
import dev.horizon.schemas.ticklog.SessionEventDecoder;
import dev.horizon.schemas.ticklog.SessionFollowsDecoder;
import dev.horizon.schemas.ticklog.SessionInputDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A node that welcomes every session and remembers what it was told. */
final class FakeNode implements NodeLink {
    /** What a gateway sent, in short. */
    record Input(String kind, long sessionId, int sequence, int type, String text, byte[] bytes) {}

    private static final String[] OPENINGS = {"opened", "resumed", "unreadable", "reattached"};

    final List<Input> inputs = new CopyOnWriteArrayList<>();
    final List<String> subscriptions = new CopyOnWriteArrayList<>();
    final Map<String, Long> sessionByPlayer = new ConcurrentHashMap<>();
    private final Map<Long, Integer> read = new ConcurrentHashMap<>();
    volatile boolean silent;
    volatile boolean stuck;

    /** What it is told is lost on the way, and nobody notices. */
    volatile boolean losesInputs;

    final AtomicInteger lostInputs = new AtomicInteger();
    volatile boolean refusesResumes;
    volatile int epoch = 1;

    /** By which a mesh knows it. */
    volatile long home;

    /** Which nodes take new players. */
    volatile List<NodeRoom> placement = List.of();

    /** By player, where they were last said to begin. */
    final Map<String, Long> begins = new ConcurrentHashMap<>();

    /** Takes no session but those that come from other nodes. */
    volatile boolean refusesAll;

    volatile int gatewayHeard;

    /** What happens to all that it says on the way. */
    volatile UnaryOperator<byte[]> damage = bytes -> bytes;

    /** What handlers threw. */
    final List<RuntimeException> thrown = new CopyOnWriteArrayList<>();

    private final ConcurrentLinkedQueue<byte[]> toSessions = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<byte[]> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong entities = new AtomicLong();

    /** Each frame is of a later tick. */
    final AtomicLong frameTick = new AtomicLong(200);

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @Override
    public boolean offerInput(DirectBuffer buffer, int offset, int length) {
        if (stuck) {
            return false;
        }
        if (losesInputs) {
            lostInputs.incrementAndGet();
            return true;
        }
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case SessionOpenedDecoder.TEMPLATE_ID -> opened(buffer, offset);
            case SessionClosedDecoder.TEMPLATE_ID -> {
                var message = new SessionClosedDecoder().wrapAndApplyHeader(buffer, offset, header);
                inputs.add(
                        new Input(
                                "closed",
                                message.sessionId(),
                                0,
                                message.reason(),
                                "",
                                new byte[0]));
            }
            case SessionEventDecoder.TEMPLATE_ID -> {
                var message = new SessionEventDecoder().wrapAndApplyHeader(buffer, offset, header);
                byte[] payload = new byte[message.payloadLength()];
                int type = message.eventType();
                int sequence = (int) message.sequence();
                long session = message.sessionId();
                message.getPayload(payload, 0, payload.length);
                read.merge(session, sequence, Math::max);
                inputs.add(new Input("event", session, sequence, type, "", payload));
            }
            case SessionInputDecoder.TEMPLATE_ID -> {
                var message = new SessionInputDecoder().wrapAndApplyHeader(buffer, offset, header);
                byte[] payload = new byte[message.payloadLength()];
                int type = message.eventType();
                int sequence = (int) message.sequence();
                long session = message.sessionId();
                message.getPayload(payload, 0, payload.length);
                read.merge(session, sequence, Math::max);
                inputs.add(new Input("input", session, sequence, type, "", payload));
            }
            case RawClientMessageDecoder.TEMPLATE_ID -> {
                var message =
                        new RawClientMessageDecoder().wrapAndApplyHeader(buffer, offset, header);
                String text = message.eventNamespace() + "." + message.eventName();
                byte[] data = new byte[message.dataLength()];
                message.getData(data, 0, data.length);
                inputs.add(new Input("raw", message.sessionId(), 0, 0, text, data));
            }
            case SessionFollowsDecoder.TEMPLATE_ID -> {
                var message =
                        new SessionFollowsDecoder().wrapAndApplyHeader(buffer, offset, header);
                inputs.add(
                        new Input(
                                message.follows() == 1 ? "follows" : "stays",
                                message.sessionId(),
                                0,
                                0,
                                Long.toString(message.destination()),
                                new byte[0]));
            }
            default -> throw new AssertionError("template " + header.templateId());
        }
        return true;
    }

    private void opened(DirectBuffer buffer, int offset) {
        var message = new SessionOpenedDecoder().wrapAndApplyHeader(buffer, offset, header);
        long session = message.sessionId();
        long playerId = message.playerId();
        int gateway = (int) message.gatewayId();
        int opening = message.resumed();
        long nonce = message.resumeNonce() + (opening == 1 ? 1 : 0);
        long begin = message.begins();
        String player = message.playerName();
        begins.put(player, begin);
        message.remoteAddress();
        byte[] profile = new byte[message.profileLength()];
        message.getProfile(profile, 0, profile.length);
        boolean isOver = of("closed").stream().anyMatch(input -> input.sessionId() == session);
        boolean isRefused = opening == 1 && (refusesResumes || isOver) || refusesAll;
        if (isRefused) {
            refuse(session, gateway, "HZ-GW-017", true);
        }
        inputs.add(new Input(OPENINGS[opening], session, 0, 0, player, profile));
        sessionByPlayer.put(player, session);
        if (!silent && !isRefused) {
            UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
            var welcome =
                    new SessionWelcomeEncoder()
                            .wrapAndApplyHeader(
                                    out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                            .sessionId(session)
                            .playerId(playerId)
                            .playerEntity((1L << 40) | entities.incrementAndGet())
                            .tick(100)
                            .tickHz(20)
                            .lastInputSequence(read.getOrDefault(session, 0))
                            .resumeNonce(nonce)
                            .gatewayId(gateway)
                            .starSystem("sol");
            say(out, 8 + welcome.encodedLength());
        }
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public long home() {
        return home;
    }

    @Override
    public List<NodeRoom> placement() {
        return placement;
    }

    /** A session is to go to another node, or went there. */
    void goes(long sessionId, long destination, boolean gone) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        var message =
                new SessionHandoverEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .sessionId(sessionId)
                        .tick(101)
                        .destination(destination)
                        .gone((short) (gone ? 1 : 0));
        say(out, 8 + message.encodedLength());
    }

    /** A session has come from another node. */
    void comes(long sessionId, int gateway, long tick, int lastInputSequence) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
        var welcome =
                new SessionWelcomeEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .sessionId(sessionId)
                        .playerEntity(1L << 40)
                        .tick(tick)
                        .tickHz(20)
                        .lastInputSequence(lastInputSequence)
                        .resumeNonce(77)
                        .gatewayId(gateway)
                        .starSystem("vega");
        say(out, 8 + welcome.encodedLength());
    }

    @Override
    public boolean subscribe(int gatewayId, long channelId) {
        gatewayHeard = gatewayId;
        return subscriptions.add("+" + Long.toHexString(channelId));
    }

    @Override
    public boolean unsubscribe(int gatewayId, long channelId) {
        return subscriptions.add("-" + Long.toHexString(channelId));
    }

    @Override
    public boolean requestKeyframe(int gatewayId, long channelId) {
        return subscriptions.add("?" + Long.toHexString(channelId));
    }

    @Override
    public int pollSessions(MessageHandler handler, int limit) {
        return poll(toSessions, handler, limit);
    }

    @Override
    public int pollFrames(MessageHandler handler, int limit) {
        return poll(frames, handler, limit);
    }

    private int poll(ConcurrentLinkedQueue<byte[]> queue, MessageHandler handler, int limit) {
        int polled = 0;
        while (polled < limit) {
            byte[] next = queue.poll();
            if (next == null) {
                break;
            }
            try {
                handler.onMessage(new UnsafeBuffer(next), 0, next.length);
            } catch (RuntimeException e) {
                // Aeron would swallow it.
                thrown.add(e);
            }
            polled++;
        }
        return polled;
    }

    private void say(UnsafeBuffer out, int length) {
        byte[] bytes = new byte[length];
        out.getBytes(0, bytes);
        toSessions.add(damage.apply(bytes));
    }

    /** Says that another gateway has a session now. */
    void welcomeElsewhere(long sessionId, int gateway) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
        var welcome =
                new SessionWelcomeEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .sessionId(sessionId)
                        .gatewayId(gateway)
                        .starSystem("sol");
        say(out, 8 + welcome.encodedLength());
    }

    void message(long sessionId, int eventType, byte[] payload) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64 + payload.length]);
        var message =
                new SessionMessageEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .sessionId(sessionId)
                        .tick(101)
                        .eventType(eventType)
                        .putPayload(payload, 0, payload.length);
        say(out, 8 + message.encodedLength());
    }

    void refuse(long sessionId, String code, boolean closes) {
        refuse(sessionId, 0, code, closes);
    }

    void refuse(long sessionId, int gateway, String code, boolean closes) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
        var message =
                new SessionRefusedEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .sessionId(sessionId)
                        .tick(101)
                        .closes((short) (closes ? 1 : 0))
                        .gatewayId(gateway)
                        .code(code)
                        .reason("because");
        say(out, 8 + message.encodedLength());
    }

    /** Ends a tick in which nobody's input was read. */
    void tickEnd(long tick) {
        tickEnd(tick, OverloadStep.NORMAL, 1);
    }

    /** The same of a node that does something against overload. */
    void tickEnd(long tick, OverloadStep step, float timeRate) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        var message =
                new TickEndEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .tick(tick)
                        .frames(0)
                        .dilation(timeRate)
                        .flags((short) (step.ordinal() << 1))
                        .closeFrames(0)
                        .mediumFrames(0)
                        .lowFrames(0)
                        .sensorFrames(0);
        message.acksCount(0);
        say(out, 8 + message.encodedLength());
    }

    void tickEnd(long tick, int frames, long sessionId, int sequence) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[128]);
        var message =
                new TickEndEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .tick(tick)
                        .frames(frames)
                        .dilation(1)
                        .flags((short) 0)
                        .closeFrames(frames)
                        .mediumFrames(0)
                        .lowFrames(0)
                        .sensorFrames(0);
        message.acksCount(1).next().sessionId(sessionId).sequence(sequence);
        say(out, 8 + message.encodedLength());
    }

    void focus(long sessionId, double x, double y, double z, int... audiences) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[128]);
        var message =
                new SessionFocusEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                        .sessionId(sessionId)
                        .tick(101)
                        .entityId((1L << 40) | 7)
                        .x(x)
                        .y(y)
                        .z(z)
                        .lastInputSequence(0)
                        .sensorMetres(Double.POSITIVE_INFINITY);
        message.focusCount(0);
        var list = message.audiencesCount(audiences.length);
        for (int audience : audiences) {
            list.next().audience(audience);
        }
        say(out, 8 + message.encodedLength());
    }

    /** Says how far a channel is. */
    void beacon(long channelId, int sequence) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        var beacon =
                new BeaconEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.replication.MessageHeaderEncoder())
                        .tick(frameTick.incrementAndGet());
        beacon.channelsCount(1).next().channelId(channelId).sequence(sequence).checksum(0);
        byte[] bytes = new byte[8 + beacon.encodedLength()];
        out.getBytes(0, bytes);
        frames.add(damage.apply(bytes));
    }

    /** True when the gateway took all that was said. */
    boolean isHeard() {
        return toSessions.isEmpty() && frames.isEmpty();
    }

    /** A cell split or merged: these slots go over, each under its own number. */
    void recut(long from, int fromSequence, long to, int toSequence, boolean opens, int... slots) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
        var recut =
                new RecutEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.replication.MessageHeaderEncoder())
                        .tick(frameTick.incrementAndGet())
                        .fromChannelId(from)
                        .toChannelId(to)
                        .fromSequence(fromSequence)
                        .toSequence(toSequence)
                        .cellEdge(500)
                        .flags((short) (opens ? 1 : 0))
                        .placeExponent((byte) -3)
                        .velocityExponent((byte) -5)
                        .accelerationExponent((byte) -7);
        var moved = recut.movedCount(slots.length);
        for (int slot : slots) {
            moved.next().slot(slot).newSlot(slot).newGeneration((short) 0);
        }
        byte[] bytes = new byte[8 + recut.encodedLength()];
        out.getBytes(0, bytes);
        frames.add(damage.apply(bytes));
    }

    /** A frame of a channel with one entity, which has a component row of the given size. */
    void frame(long channelId, int sequence, boolean keyframe, int rowBytes) {
        frame(channelId, sequence, keyframe ? 1 : 0, rowBytes);
    }

    /** The same with these flags. */
    void frame(long channelId, int sequence, int flags, int rowBytes) {
        boolean keyframe = (flags & 1) != 0;
        UnsafeBuffer out = new UnsafeBuffer(new byte[256 + rowBytes]);
        var frame =
                new FrameEncoder()
                        .wrapAndApplyHeader(
                                out, 0, new dev.horizon.schemas.replication.MessageHeaderEncoder())
                        .channelId(channelId)
                        .tick(frameTick.incrementAndGet())
                        .sequence(sequence)
                        .cellEdge(1000)
                        .flags((short) flags)
                        .placeExponent((byte) -3)
                        .velocityExponent((byte) -5)
                        .accelerationExponent((byte) -7);
        frame.leftCount(0);
        var entered = frame.enteredCount(keyframe ? 1 : 0);
        if (keyframe) {
            entered.next()
                    .slot(0)
                    .generation((short) 0)
                    .sizeClass((short) 0)
                    .radius(5)
                    .entityId(entityIn(channelId))
                    .parentId(0);
        }
        frame.nudgedCount(0);
        frame.kickedCount(0);
        var resting = frame.restingCount(keyframe ? 1 : 0);
        if (keyframe) {
            resting.next().slot(0).x((short) 1).y((short) 2).z((short) 3);
        }
        frame.coastingCount(0);
        frame.drivenCount(0);
        frame.wideCount(0);
        frame.turnedCount(0);
        frame.strippedCount(0);
        byte[] row = new byte[2 + rowBytes];
        if (rowBytes > 0) {
            row[row.length - 1] = (byte) sequence;
        }
        frame.componentsCount(1)
                .next()
                .componentId(1)
                .rowBytes(rowBytes)
                .putRows(row, 0, row.length);
        frame.steeredCount(0);
        frame.flownCount(0);
        byte[] bytes = new byte[8 + frame.encodedLength()];
        out.getBytes(0, bytes);
        frames.add(damage.apply(bytes));
    }

    /** The entity in {@link #frame}s of a channel. */
    static long entityIn(long channelId) {
        return (2L << 40) | (channelId >>> 24 & 0xFFFFFF) ^ (channelId & 0xFFFFFF);
    }

    List<Input> of(String kind) {
        List<Input> found = new ArrayList<>();
        for (Input input : inputs) {
            if (input.kind().equals(kind)) {
                found.add(input);
            }
        }
        return found;
    }
}
