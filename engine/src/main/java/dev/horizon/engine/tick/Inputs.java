package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.OverloadChanged;
import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.events.RawClientMessage;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.events.TicksMissed;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.schemas.ticklog.AsyncResultDecoder;
import dev.horizon.schemas.ticklog.DilationDecoder;
import dev.horizon.schemas.ticklog.GatewayLostDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.OperatorCommandDecoder;
import dev.horizon.schemas.ticklog.OverloadStepDecoder;
import dev.horizon.schemas.ticklog.RawClientMessageDecoder;
import dev.horizon.schemas.ticklog.SessionClosedDecoder;
import dev.horizon.schemas.ticklog.SessionEventDecoder;
import dev.horizon.schemas.ticklog.SessionInputDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import dev.horizon.schemas.ticklog.TapeSetupDecoder;
import dev.horizon.schemas.ticklog.TicksMissedDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Brings the inputs of one tick, in order, to sessions, handlers and commands. */
final class Inputs {
    private static final DisconnectReason[] REASONS = DisconnectReason.values();
    private static final int EVENT_BLOCK = SessionEventDecoder.BLOCK_LENGTH;
    private static final int PERMILLE_MIN = 100;
    private static final int PERMILLE_MAX = 1000;

    private final WorldState world;
    private final Sessions sessions;
    private final EventBus events;
    private final OperatorDesk desk;
    private final Later later;
    private final Transfers transfers;
    private final TickMetrics metrics;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final SessionClosedDecoder closed = new SessionClosedDecoder();
    private final SessionEventDecoder event = new SessionEventDecoder();
    private final RawClientMessageDecoder raw = new RawClientMessageDecoder();
    private final OperatorCommandDecoder command = new OperatorCommandDecoder();
    private final AsyncResultDecoder asyncResult = new AsyncResultDecoder();
    private final DilationDecoder dilation = new DilationDecoder();
    private final OverloadStepDecoder overloadStep = new OverloadStepDecoder();
    private final GatewayLostDecoder gatewayLost = new GatewayLostDecoder();
    private final TicksMissedDecoder missed = new TicksMissedDecoder();
    private final Login.Kind[] kinds = Login.Kind.values();
    private boolean isPaceChanged;

    Inputs(
            WorldState world,
            Sessions sessions,
            EventBus events,
            OperatorDesk desk,
            Later later,
            Transfers transfers,
            TickMetrics metrics) {
        this.world = world;
        this.sessions = sessions;
        this.events = events;
        this.desk = desk;
        this.later = later;
        this.transfers = transfers;
        this.metrics = metrics;
    }

    void apply(InputBatch batch, long tick) {
        noteLatest(batch, tick);
        int entry = batch.first();
        for (int i = 0; i < batch.inputs(); i++) {
            int length = batch.inputLength(entry);
            apply(batch.buffer(), InputBatch.inputAt(entry), length, tick, entry);
            settle();
            entry = batch.next(entry);
        }
        transfers.arrived();
        tellPace();
        later.timers().fire();
        events.dispatch(TickStarted.INSTANCE);
        settle();
        sessions.endAsked();
    }

    private void settle() {
        if (world.hasPendingChanges()) {
            world.apply();
        }
    }

    /** Finds, for each session and continuous input, the last of this tick. */
    private void noteLatest(InputBatch batch, long tick) {
        int entry = batch.first();
        for (int i = 0; i < batch.inputs(); i++) {
            int at = InputBatch.inputAt(entry);
            if (isEvent(batch.buffer(), at, batch.inputLength(entry))
                    && events.isLatestWins(event.eventType())) {
                Session session = sessions.bySession(event.sessionId());
                if (session != null) {
                    session.noteLatest(tick, event.eventType(), entry);
                }
            }
            entry = batch.next(entry);
        }
    }

    /** Wraps a SessionEvent or SessionInput, which have one layout. */
    private boolean isEvent(DirectBuffer buffer, int offset, int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + EVENT_BLOCK) {
            return false;
        }
        header.wrap(buffer, offset);
        int template = header.templateId();
        if (header.schemaId() != SessionEventDecoder.SCHEMA_ID
                || (template != SessionEventDecoder.TEMPLATE_ID
                        && template != SessionInputDecoder.TEMPLATE_ID)) {
            return false;
        }
        event.wrap(
                buffer,
                offset + MessageHeaderDecoder.ENCODED_LENGTH,
                header.blockLength(),
                header.version());
        return true;
    }

    private void apply(DirectBuffer buffer, int offset, int length, long tick, int entry) {
        if (isEvent(buffer, offset, length)) {
            event(buffer, offset + length, tick, entry);
            return;
        }
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            metrics.increment(Counter.INPUTS_MALFORMED);
            return;
        }
        header.wrap(buffer, offset);
        boolean understood =
                header.schemaId() == SessionOpenedDecoder.SCHEMA_ID
                        && other(
                                buffer,
                                offset + MessageHeaderDecoder.ENCODED_LENGTH,
                                offset + length,
                                tick);
        if (!understood) {
            metrics.increment(Counter.INPUTS_MALFORMED);
        }
    }

    private boolean other(DirectBuffer buffer, int at, int end, long tick) {
        return switch (header.templateId()) {
            case SessionOpenedDecoder.TEMPLATE_ID -> opened(buffer, at, end);
            case SessionClosedDecoder.TEMPLATE_ID -> closed(buffer, at, end);
            case RawClientMessageDecoder.TEMPLATE_ID -> raw(buffer, at, end);
            case OperatorCommandDecoder.TEMPLATE_ID -> command(buffer, at, end);
            case DilationDecoder.TEMPLATE_ID -> dilation(buffer, at, end);
            case OverloadStepDecoder.TEMPLATE_ID -> overloadStep(buffer, at, end);
            case GatewayLostDecoder.TEMPLATE_ID -> gatewayLost(buffer, at, end);
            case TicksMissedDecoder.TEMPLATE_ID -> ticksMissed(buffer, at, end);
            case AsyncResultDecoder.TEMPLATE_ID -> asyncResult(buffer, at, end, tick);
            case TapeSetupDecoder.TEMPLATE_ID -> true; // made before the other inputs
            default -> {
                int from = at - MessageHeaderDecoder.ENCODED_LENGTH;
                yield transfers.apply(buffer, from, end - from);
            }
        };
    }

    private void event(DirectBuffer buffer, int end, long tick, int entry) {
        int lengthAt = event.limit();
        if (lengthAt + SessionEventDecoder.payloadHeaderLength() > end) {
            metrics.increment(Counter.INPUTS_MALFORMED);
            return;
        }
        int eventType = event.eventType();
        long sessionId = event.sessionId();
        int sequence = (int) event.sequence();
        int payloadLength = event.payloadLength();
        int payloadAt = lengthAt + SessionEventDecoder.payloadHeaderLength();
        if (payloadLength < 0 || payloadLength > end - payloadAt) {
            metrics.increment(Counter.INPUTS_MALFORMED);
            return;
        }
        if (events.isLatestWins(eventType)) {
            Session known = sessions.bySession(sessionId);
            if (known != null && known.isSuperseded(tick, eventType, entry)) {
                metrics.increment(Counter.INPUTS_SUPERSEDED);
                return;
            }
        }
        Session session = sessions.accept(sessionId, sequence);
        if (session != null) {
            sessions.event(session, eventType, buffer, payloadAt, payloadLength);
        }
    }

    private boolean opened(DirectBuffer buffer, int at, int end) {
        opened.wrap(buffer, at, header.blockLength(), header.version());
        String name = text(buffer, opened.limit(), end);
        if (name == null) {
            return false;
        }
        int addressAt = behindText(buffer, opened.limit());
        String address = text(buffer, addressAt, end);
        if (address == null) {
            return false;
        }
        int profileAt = behindText(buffer, addressAt) + SessionOpenedDecoder.profileHeaderLength();
        int profileLength = bytes(buffer, profileAt, end);
        if (profileLength < 0 || opened.resumed() >= kinds.length) {
            return false;
        }
        boolean saysWhere = header.version() >= SessionOpenedDecoder.beginsSinceVersion();
        sessions.opened(
                new Login(
                        opened.sessionId(),
                        opened.playerId(),
                        (int) opened.gatewayId(),
                        kinds[opened.resumed()],
                        opened.resumeNonce(),
                        saysWhere ? opened.begins() : 0,
                        name,
                        fitting(address),
                        buffer,
                        profileAt,
                        profileLength));
        return true;
    }

    private boolean closed(DirectBuffer buffer, int at, int end) {
        if (at + SessionClosedDecoder.BLOCK_LENGTH > end) {
            return false;
        }
        closed.wrap(buffer, at, header.blockLength(), header.version());
        if (closed.reason() >= REASONS.length) {
            return false;
        }
        sessions.closed(closed.sessionId(), REASONS[closed.reason()]);
        return true;
    }

    private boolean raw(DirectBuffer buffer, int at, int end) {
        raw.wrap(buffer, at, header.blockLength(), header.version());
        String namespace = text(buffer, raw.limit(), end);
        if (namespace == null) {
            return false;
        }
        int eventAt = behindText(buffer, raw.limit());
        String name = text(buffer, eventAt, end);
        if (name == null) {
            return false;
        }
        int dataAt = behindText(buffer, eventAt) + RawClientMessageDecoder.dataHeaderLength();
        int dataLength = bytes(buffer, dataAt, end);
        if (dataLength < 0) {
            return false;
        }
        Session session = sessions.accept(raw.sessionId(), (int) raw.sequence());
        if (session != null) {
            byte[] data = new byte[dataLength];
            buffer.getBytes(dataAt, data);
            events.dispatch(
                    new RawClientMessage(
                            session.player,
                            namespace,
                            name,
                            new String(data, StandardCharsets.UTF_8)));
        }
        return true;
    }

    private boolean command(DirectBuffer buffer, int at, int end) {
        command.wrap(buffer, at, header.blockLength(), header.version());
        String line = text(buffer, command.limit(), end);
        if (line == null) {
            return false;
        }
        desk.run(command.requestId(), line);
        return true;
    }

    private boolean asyncResult(DirectBuffer buffer, int at, int end, long tick) {
        asyncResult.wrap(buffer, at, header.blockLength(), header.version());
        String task = text(buffer, asyncResult.limit(), end);
        if (task == null) {
            return false;
        }
        int resultAt =
                behindText(buffer, asyncResult.limit()) + AsyncResultDecoder.resultHeaderLength();
        int length = bytes(buffer, resultAt, end);
        if (length < 0) {
            return false;
        }
        byte[] result = new byte[length];
        buffer.getBytes(resultAt, result);
        later.async().apply(task, asyncResult.failed() != 0, result, tick);
        return true;
    }

    private boolean dilation(DirectBuffer buffer, int at, int end) {
        if (at + DilationDecoder.BLOCK_LENGTH > end) {
            return false;
        }
        dilation.wrap(buffer, at, header.blockLength(), header.version());
        int permille = Math.clamp(dilation.permille(), PERMILLE_MIN, PERMILLE_MAX);
        isPaceChanged |= permille != metrics.dilationPermille();
        metrics.dilation(permille);
        return true;
    }

    private boolean overloadStep(DirectBuffer buffer, int at, int end) {
        if (at + OverloadStepDecoder.BLOCK_LENGTH > end) {
            return false;
        }
        overloadStep.wrap(buffer, at, header.blockLength(), header.version());
        OverloadStep step = OverloadStep.of(overloadStep.step());
        if (step != metrics.overloadStep()) {
            isPaceChanged = true;
            metrics.overloadStep(step);
            metrics.increment(Counter.OVERLOAD_STEPS);
        }
        return true;
    }

    /** Tells plugins, once, of what inputs changed of the pace. */
    private void tellPace() {
        if (isPaceChanged) {
            isPaceChanged = false;
            events.dispatch(
                    new OverloadChanged(metrics.overloadStep(), metrics.dilationPermille() / 1e3));
            settle();
        }
    }

    private boolean gatewayLost(DirectBuffer buffer, int at, int end) {
        if (at + GatewayLostDecoder.BLOCK_LENGTH > end) {
            return false;
        }
        gatewayLost.wrap(buffer, at, header.blockLength(), header.version());
        sessions.gatewayLost((int) gatewayLost.gatewayId());
        return true;
    }

    private boolean ticksMissed(DirectBuffer buffer, int at, int end) {
        if (at + TicksMissedDecoder.BLOCK_LENGTH > end) {
            return false;
        }
        missed.wrap(buffer, at, header.blockLength(), header.version());
        metrics.add(Counter.TICKS_MISSED, missed.ticks());
        events.dispatch(new TicksMissed(missed.lastTick(), missed.ticks()));
        return true;
    }

    /** A text behind its 16-bit length, or null where it would reach beyond the message. */
    private static @Nullable String text(DirectBuffer buffer, int lengthAt, int end) {
        if (lengthAt + Short.BYTES > end) {
            return null;
        }
        int length = buffer.getShort(lengthAt, java.nio.ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (length > end - lengthAt - Short.BYTES) {
            return null;
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(lengthAt + Short.BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int behindText(DirectBuffer buffer, int lengthAt) {
        return lengthAt
                + Short.BYTES
                + (buffer.getShort(lengthAt, java.nio.ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
    }

    /** Length of bytes that start here behind their 32-bit length, or -1 beyond the message. */
    private static int bytes(DirectBuffer buffer, int at, int end) {
        if (at > end) {
            return -1;
        }
        int length = buffer.getInt(at - Integer.BYTES, java.nio.ByteOrder.LITTLE_ENDIAN);
        return length < 0 || length > end - at ? -1 : length;
    }

    private static String fitting(String address) {
        return address.getBytes(StandardCharsets.UTF_8).length <= SessionState.TEXT_BYTES_MAX
                ? address
                : "(long)";
    }
}
