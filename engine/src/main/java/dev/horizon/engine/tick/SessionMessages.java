package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.PayloadWriter;
import dev.horizon.engine.dispatch.Payloads;
import dev.horizon.engine.dispatch.Utf8;
import dev.horizon.engine.events.Players;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import dev.horizon.schemas.session.SessionFocusEncoder;
import dev.horizon.schemas.session.SessionHandoverEncoder;
import dev.horizon.schemas.session.SessionMessageEncoder;
import dev.horizon.schemas.session.SessionRefusedEncoder;
import dev.horizon.schemas.session.SessionWelcomeEncoder;
import dev.horizon.schemas.session.TickEndEncoder;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes messages of the session schema into the ring of held effects; allocates nothing. */
final class SessionMessages {
    /** Session number that stands for every session of the node. */
    static final long EVERY_SESSION = 0;

    /** The gateway that has the session. */
    private static final int ANY_GATEWAY = 0;

    /** Acknowledgements of one message, so that it is one datagram. */
    static final int ACKS_MAX = 100;

    private static final int TEXT_BYTES_MAX = 1024;

    /** In the flags of a tick's end. */
    private static final int MORE_FLAG = 1;

    /** Where the step of overload stands in them. */
    private static final int STEP_SHIFT = 1;

    private final EffectRing ring;
    private final TickMetrics metrics;
    private final UnsafeBuffer scratch =
            new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX + 4096]);
    private final PayloadWriter payload = new PayloadWriter();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SessionMessageEncoder message = new SessionMessageEncoder();
    private final SessionRefusedEncoder refused = new SessionRefusedEncoder();
    private final SessionWelcomeEncoder welcome = new SessionWelcomeEncoder();
    private final SessionFocusEncoder focus = new SessionFocusEncoder();
    private final SessionHandoverEncoder handover = new SessionHandoverEncoder();
    private final TickEndEncoder tickEnd = new TickEndEncoder();

    SessionMessages(EffectRing ring, TickMetrics metrics) {
        this.ring = ring;
        this.metrics = metrics;
    }

    void event(long sessionId, long tick, EventCodec<?> codec, Record event) {
        message.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(sessionId)
                .tick(tick)
                .eventType(codec.shape().id());
        int lengthAt = message.limit();
        int payloadAt = lengthAt + SessionMessageEncoder.payloadHeaderLength();
        codec.encode(event, payload.wrap(scratch, payloadAt, Payloads.PAYLOAD_BYTES_MAX));
        scratch.putInt(lengthAt, payload.length(), ByteOrder.LITTLE_ENDIAN);
        add(sessionId, payloadAt + payload.length());
    }

    void refused(long sessionId, long tick, boolean closes, String code, String reason) {
        refused(sessionId, ANY_GATEWAY, tick, closes, code, reason);
    }

    /** Refuses what one gateway asked for a session, which another may have. */
    void refused(
            long sessionId, int gatewayId, long tick, boolean closes, String code, String reason) {
        refused.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(sessionId)
                .tick(tick)
                .closes((short) (closes ? 1 : 0))
                .gatewayId(gatewayId & 0xFFFFFFFFL);
        int at = text(code, refused.limit());
        add(sessionId, text(reason, at));
    }

    /** A session is to go, or goes on, at another node. */
    void handover(long sessionId, long tick, long destination, boolean isGone) {
        handover.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(sessionId)
                .tick(tick)
                .destination(destination)
                .gone((short) (isGone ? 1 : 0));
        add(sessionId, handover.limit());
    }

    void welcome(
            Session session,
            SessionStateColumn state,
            int row,
            long tick,
            int tickHz,
            String starSystem) {
        welcome.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(session.sessionId)
                .playerId(session.player.id())
                .playerEntity(session.player.entity().value())
                .tick(tick)
                .tickHz(tickHz)
                .lastInputSequence(state.lastInputSequence[row] & 0xFFFFFFFFL)
                .resumeNonce(state.resumeNonce[row])
                .gatewayId(state.gatewayId[row] & 0xFFFFFFFFL);
        add(session.sessionId, text(starSystem, welcome.limit()));
    }

    void focus(Session session, SessionStateColumn state, int row, long tick, double sensorMetres) {
        focus.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(session.sessionId)
                .tick(tick)
                .entityId(state.focus[row])
                .x(state.x[row])
                .y(state.y[row])
                .z(state.z[row])
                .lastInputSequence(state.lastInputSequence[row] & 0xFFFFFFFFL)
                .sensorMetres(sensorMetres);
        int from = row * Players.FOCUS_LIST_MAX;
        int count = 0;
        while (count < Players.FOCUS_LIST_MAX && state.focusList[from + count] != 0) {
            count++;
        }
        SessionFocusEncoder.FocusEncoder list = focus.focusCount(count);
        for (int i = 0; i < count; i++) {
            list.next().entityId(state.focusList[from + i]);
        }
        audiences(state, row);
        add(session.sessionId, focus.limit());
    }

    private void audiences(SessionStateColumn state, int row) {
        int from = row * Players.AUDIENCES_MAX;
        int count = 0;
        while (count < Players.AUDIENCES_MAX && state.audiences[from + count] != 0) {
            count++;
        }
        SessionFocusEncoder.AudiencesEncoder list = focus.audiencesCount(count);
        for (int i = 0; i < count; i++) {
            list.next().audience(state.audiences[from + i]);
        }
    }

    /**
     * Writes a tick's end with the acknowledgements of some sessions, and says where it stands in
     * the ring; -1 where there was no room.
     */
    int tickEnd(long tick, List<Session> read, int from, int to) {
        int more = to < read.size() ? MORE_FLAG : 0;
        tickEnd.wrapAndApplyHeader(scratch, 0, header)
                .tick(tick)
                .frames(0)
                .dilation(metrics.dilationPermille() / 1000f)
                .flags((short) (more | metrics.overloadStep().ordinal() << STEP_SHIFT))
                .closeFrames(0)
                .mediumFrames(0)
                .lowFrames(0)
                .sensorFrames(0);
        TickEndEncoder.AcksEncoder acks = tickEnd.acksCount(to - from);
        for (int i = from; i < to; i++) {
            Session session = read.get(i);
            acks.next().sessionId(session.sessionId).sequence(session.lastSequence & 0xFFFFFFFFL);
        }
        return add(EVERY_SESSION, tickEnd.limit()) ? ring.lastAt() : -1;
    }

    /** A text behind its 16-bit length; what doesn't fit is cut. Returns where it ends. */
    private int text(String text, int at) {
        String fitting = text;
        int bytes = Utf8.encode(fitting, scratch, at + Short.BYTES, TEXT_BYTES_MAX);
        if (bytes < 0) {
            fitting = text.substring(0, Math.min(text.length(), TEXT_BYTES_MAX / 4));
            bytes = Utf8.encode(fitting, scratch, at + Short.BYTES, TEXT_BYTES_MAX);
        }
        scratch.putShort(at, (short) bytes, ByteOrder.LITTLE_ENDIAN);
        return at + Short.BYTES + bytes;
    }

    private boolean add(long sessionId, int length) {
        boolean isHeld = ring.add(0, sessionId, scratch, 0, length);
        if (!isHeld) {
            metrics.increment(Counter.MESSAGES_DROPPED);
        }
        return isHeld;
    }
}
