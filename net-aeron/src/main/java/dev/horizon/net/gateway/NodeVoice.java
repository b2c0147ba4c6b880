package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.Viewer;
import dev.horizon.schemas.session.MessageHeaderDecoder;
import dev.horizon.schemas.session.SessionFocusDecoder;
import dev.horizon.schemas.session.SessionHandoverDecoder;
import dev.horizon.schemas.session.SessionMessageDecoder;
import dev.horizon.schemas.session.SessionRefusedDecoder;
import dev.horizon.schemas.session.SessionWelcomeDecoder;
import dev.horizon.schemas.session.TickEndDecoder;
import io.netty.buffer.ByteBuf;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries what the node says to sessions: payloads become JSON here, once per message. Agent
 * thread, which is so the egress thread.
 */
final class NodeVoice implements NodeLink.MessageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(NodeVoice.class);

    /** Longer than anybody plays: the grace after a loss is what ends a session. */
    private static final int RESUME_SECONDS = 7 * 24 * 3600;

    /** Another end of the same tick follows. */
    private static final int MORE_FLAG = 1;

    /** Where the flags of a tick's end have the step of overload. */
    private static final int STEP_SHIFT = 1;

    private static final int STEP_MASK = 7;

    private final Side side;
    private final SessionDesk desk;
    private final Handover handover;
    private final Flushing flushing;
    private final Tickets tickets;
    private final GatewayMetrics metrics;
    private final TickEnds ticks;
    private final PayloadReader payloads = new PayloadReader();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionWelcomeDecoder welcome = new SessionWelcomeDecoder();
    private final SessionMessageDecoder message = new SessionMessageDecoder();
    private final SessionRefusedDecoder refused = new SessionRefusedDecoder();
    private final SessionFocusDecoder focus = new SessionFocusDecoder();
    private final SessionHandoverDecoder goes = new SessionHandoverDecoder();
    private final TickEndDecoder tickEnd = new TickEndDecoder();
    private final int[] frames = new int[Tier.values().length];
    private final long[] focusIds = new long[Viewer.FOCUS_MAX];
    private final int[] audiences = new int[Players.AUDIENCES_MAX];
    private OverloadStep step = OverloadStep.NORMAL;
    private float timeRate = 1;
    private final UnsafeBuffer said = new UnsafeBuffer();
    private final UnsafeBuffer payload = new UnsafeBuffer();

    NodeVoice(
            Side side,
            SessionDesk desk,
            Handover handover,
            Flushing flushing,
            Tickets tickets,
            GatewayMetrics metrics) {
        this.side = side;
        this.desk = desk;
        this.handover = handover;
        this.flushing = flushing;
        this.tickets = tickets;
        this.metrics = metrics;
        ticks = side.pulse;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        // Decoders know the bounds of their buffer alone.
        said.wrap(buffer, offset, length);
        try {
            dispatch();
        } catch (IndexOutOfBoundsException e) {
            metrics.faults.increment();
            LOG.warn("a message of the node was cut short: {}", e.getMessage());
        }
    }

    private void dispatch() {
        header.wrap(said, 0);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            metrics.faults.increment();
            return;
        }
        switch (header.templateId()) {
            case SessionWelcomeDecoder.TEMPLATE_ID -> {
                welcome.wrapAndApplyHeader(said, 0, header);
                onWelcome();
            }
            case SessionMessageDecoder.TEMPLATE_ID -> {
                message.wrapAndApplyHeader(said, 0, header);
                onMessage();
            }
            case SessionRefusedDecoder.TEMPLATE_ID -> {
                refused.wrapAndApplyHeader(said, 0, header);
                onRefused();
            }
            case SessionFocusDecoder.TEMPLATE_ID -> {
                focus.wrapAndApplyHeader(said, 0, header);
                onFocus();
            }
            case SessionHandoverDecoder.TEMPLATE_ID -> {
                goes.wrapAndApplyHeader(said, 0, header);
                onHandover();
            }
            case TickEndDecoder.TEMPLATE_ID -> {
                tickEnd.wrapAndApplyHeader(said, 0, header);
                onTickEnd();
            }
            default -> metrics.faults.increment();
        }
    }

    private void onWelcome() {
        Session session = desk.find(welcome.sessionId());
        if (session == null) {
            return;
        }
        if (!desk.isHere(welcome.gatewayId())) {
            desk.wentElsewhere(session);
            return;
        }
        session.resumeNonce = welcome.resumeNonce();
        session.asks = InputMessages.Opening.REATTACHED;
        session.isFromElsewhere = false;
        session.wasWelcomed = true;
        session.unknownAt = 0;
        int last = (int) welcome.lastInputSequence();
        session.route.welcome(side, last);
        session.readSequence = last;
        ticks.onTickHz(welcome.tickHz());
        String starSystem = welcome.starSystem();
        Connection connection = session.connection();
        if (session.side != side) {
            ticks.onStir();
            handover.come(session, side, starSystem, welcome.tick(), welcome.tickHz());
            if (connection != null && session.state == Session.State.PLAYING) {
                flushing.text(session, Answers.overload(step, timeRate, welcome.tick()));
            }
        }
        if (connection == null || session.state != Session.State.OPENING) {
            return;
        }
        session.state = Session.State.PLAYING;
        session.opened = true;
        metrics.logins.increment();
        if (last - session.inputSequence().get() > 0) {
            session.inputSequence().set(last);
        }
        ObjectNode data = Answers.data();
        data.put("player", session.player());
        data.put("playerId", Long.toString(session.playerId()));
        data.put("entity", new EntityId(welcome.playerEntity()).toString());
        data.put("tick", welcome.tick());
        data.put("tickHz", welcome.tickHz());
        data.put("starSystem", starSystem);
        data.put("lastInputSequence", Integer.toUnsignedLong(session.inputSequence().get()));
        data.put(
                "resume",
                tickets.resume(
                        session.player(), session.id(), session.resumeNonce, RESUME_SECONDS));
        connection.welcome(session);
        flushing.text(session, Answers.envelope("session", "welcome", data));
        if (step != OverloadStep.NORMAL || timeRate != 1) {
            flushing.text(session, Answers.overload(step, timeRate, welcome.tick()));
        }
        if (session.focusEntity != 0) {
            // It went on: the node says its focus again only when that changes.
            tellFocus(session, welcome.tick());
        }
    }

    private void onMessage() {
        byte[] json = transcode();
        if (json == null) {
            return;
        }
        long sessionId = message.sessionId();
        if (sessionId != 0) {
            Session session = desk.find(sessionId);
            if (session != null && session.side == side && session.connection() != null) {
                give(session, flushing.encode(json));
            }
            return;
        }
        giveAll(json);
    }

    private void giveAll(byte[] json) {
        ByteBuf wire = flushing.encode(json);
        for (int i = side.sessions().size() - 1; i >= 0; i--) {
            Session session = side.sessions().get(i);
            if (session.state == Session.State.PLAYING) {
                give(session, wire.retainedDuplicate());
            }
        }
        wire.release();
    }

    private void give(Session session, ByteBuf wire) {
        if (!flushing.shared(session, wire)) {
            desk.tooSlow(session);
        }
    }

    private byte @Nullable [] transcode() {
        EventShape shape = side.shapes.catalogue().byId(message.eventType());
        message.wrapPayload(payload);
        if (shape == null) {
            metrics.faults.increment();
            LOG.warn("the node sent an event that its catalogue lacks: {}", message.eventType());
            return null;
        }
        try {
            ObjectNode data = payloads.read(shape, payload, 0, payload.capacity());
            return Answers.envelope(shape.namespace(), shape.event(), data);
        } catch (RefusedException e) {
            metrics.faults.increment();
            LOG.warn("the node sent an event of another shape than declared: {}", e.getMessage());
            return null;
        }
    }

    private void onRefused() {
        Session session = desk.find(refused.sessionId());
        boolean isForOther = refused.gatewayId() != 0 && !desk.isHere(refused.gatewayId());
        if (session == null || isForOther) {
            return;
        }
        boolean closes = refused.closes() != 0;
        Refusal refusal = new Refusal(refused.code(), refused.reason(), closes, 0);
        if (refusal.code().equals(Refusal.RESUME_USED)) {
            handover.unknown(session, side, refusal);
        } else if (session.route.node() != side) {
            return;
        } else if (closes) {
            desk.endedByNode(session, refusal);
        } else if (session.connection() != null) {
            metrics.refused(refusal.code());
            give(session, flushing.encode(Answers.refused(refusal)));
        }
    }

    private void onFocus() {
        Session session = desk.find(focus.sessionId());
        if (session == null || session.side != side || session.state == Session.State.CLOSED) {
            return;
        }
        long tick = focus.tick();
        look(session);
        ticks.onStir();
        if (session.focusEntity != session.viewer.ownEntity() && session.connection() != null) {
            session.focusEntity = session.viewer.ownEntity();
            tellFocus(session, tick);
        }
    }

    private void onHandover() {
        Session session = desk.find(goes.sessionId());
        if (session == null) {
            return;
        }
        if (goes.gone() == 0) {
            handover.asked(session, side, goes.destination());
        } else {
            handover.gone(session, side, goes.destination());
        }
    }

    private void look(Session session) {
        long entityId = focus.entityId();
        double x = focus.x();
        double y = focus.y();
        double z = focus.z();
        double sensorMetres = focus.sensorMetres();
        int count = 0;
        for (SessionFocusDecoder.FocusDecoder entry : focus.focus()) {
            if (count < focusIds.length) {
                focusIds[count++] = entry.entityId();
            }
        }
        session.viewer.focus(entityId, x, y, z, sensorMetres, focusIds, count);
        count = 0;
        for (SessionFocusDecoder.AudiencesDecoder entry : focus.audiences()) {
            if (count < audiences.length) {
                audiences[count++] = entry.audience();
            }
        }
        session.viewer.audiences(audiences, count);
    }

    private void onTickEnd() {
        long tick = tickEnd.tick();
        // What an older node doesn't say counts as none: then nothing is waited for.
        frames[0] = (int) tickEnd.closeFrames();
        frames[1] = (int) tickEnd.mediumFrames();
        frames[2] = (int) tickEnd.lowFrames();
        frames[3] = (int) tickEnd.sensorFrames();
        float dilation = tickEnd.dilation();
        boolean isLast = (tickEnd.flags() & MORE_FLAG) == 0;
        for (TickEndDecoder.AcksDecoder ack : tickEnd.acks()) {
            Session session = desk.find(ack.sessionId());
            if (session != null) {
                session.route.read(side, (int) ack.sequence());
                if (session.side == side) {
                    ticks.onAck(session, (int) ack.sequence(), tick);
                }
            }
        }
        if (isLast) {
            ticks.onTickEnd(tick, frames, dilation);
            onOverload(OverloadStep.of(tickEnd.flags() >> STEP_SHIFT & STEP_MASK), dilation, tick);
        }
    }

    private void onOverload(OverloadStep taken, float rate, long tick) {
        if (taken != step || rate != timeRate) {
            step = taken;
            timeRate = rate;
            side.gathering.tighten(taken.includes(OverloadStep.CLOSE_TIGHTER));
            giveAll(Answers.overload(step, timeRate, tick));
        }
    }

    private void tellFocus(Session session, long tick) {
        String entity = new EntityId(session.focusEntity).toString();
        give(session, flushing.encode(Answers.focus(entity, tick)));
    }
}
