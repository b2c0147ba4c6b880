package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.world.Tier;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks what one client says and turns it into commands. On the connection's event loop, which is
 * so the ingress thread.
 */
final class Ingress {
    /** 1: the server's binary messages are bundles. */
    /** The oldest that is spoken, and of a hello that names none. */
    private static final int PROTOCOL_VERSION_MIN = 1;

    private static final int PROTOCOL_VERSION_MAX = 3;

    private static final String NO_TIER = "NONE";

    private final Connection connection;
    private final Edge edge;
    private boolean greeted;

    /** What all connections of a gateway share. */
    record Edge(
            Tickets tickets,
            boolean development,
            Offenders offenders,
            Comebacks comebacks,
            CommandQueue commands) {}

    Ingress(Connection connection, Edge edge) {
        this.connection = connection;
        this.edge = edge;
    }

    /** True once the client proved who it is. */
    boolean isGreeted() {
        return greeted;
    }

    /** A text message; the answer to it, where there is one at once. */
    byte @Nullable [] onText(byte[] utf8) throws RefusedException {
        Envelope envelope = Envelope.parse(utf8);
        if (envelope.is("session", "hello")) {
            checkVersion(envelope.data().path("protocolVersion").asInt(PROTOCOL_VERSION_MIN));
            hello(
                    orEmpty(envelope.text("player")),
                    orEmpty(envelope.text("ticket")),
                    orEmpty(envelope.text("resume")));
            return null;
        }
        Session session = session();
        if (envelope.namespace().equals("session")) {
            return onSession(session, envelope);
        }
        EventShapes shapes = session.side.shapes;
        EventShape shape = shapes.catalogue().fromClient(envelope.namespace(), envelope.event());
        if (shape != null) {
            byte[] payload = new JsonTranscoder().encode(shape, envelope.data());
            send(session, shape, session.inputSequence().incrementAndGet(), payload);
        } else if (shapes.raw()) {
            int sequence = session.inputSequence().incrementAndGet();
            offer(new Commands.Input(session, InputMessages.raw(session.id(), sequence, envelope)));
        } else {
            throw new RefusedException(
                    Refusal.UNKNOWN_EVENT,
                    "no plugin takes the event "
                            + envelope.namespace()
                            + "."
                            + envelope.event()
                            + ": check its name, or load the plugin");
        }
        return null;
    }

    /** A binary message; the answer to it, where there is one at once. */
    byte @Nullable [] onBinary(byte[] bytes) throws RefusedException {
        switch (ClientMessage.parse(bytes)) {
            case ClientMessage.Hello hello -> {
                checkVersion(hello.protocolVersion());
                hello(hello.player(), hello.ticket(), hello.resume());
            }
            case ClientMessage.Ping ping -> {
                return Answers.pong(ping.clientTime(), session().side.tick());
            }
            case ClientMessage.Event event -> onEvent(session(), event);
        }
        return null;
    }

    private void checkVersion(int version) throws RefusedException {
        if (version < PROTOCOL_VERSION_MIN || version > PROTOCOL_VERSION_MAX) {
            throw new RefusedException(
                    Refusal.closing(
                            Refusal.PROTOCOL_VERSION,
                            "this server speaks protocol versions "
                                    + PROTOCOL_VERSION_MIN
                                    + " to "
                                    + PROTOCOL_VERSION_MAX
                                    + ", not "
                                    + version));
        }
        connection.speaks(version);
    }

    private void onEvent(Session session, ClientMessage.Event event) throws RefusedException {
        EventShape shape = session.side.shapes.catalogue().byId(event.eventType());
        if (shape == null || shape.direction() != EventShape.Direction.FROM_CLIENT) {
            throw new RefusedException(
                    Refusal.UNKNOWN_EVENT,
                    "no plugin takes an event with the id " + event.eventType());
        }
        if (!PayloadCheck.holds(shape, event.payload())) {
            new PayloadReader()
                    .read(shape, new UnsafeBuffer(event.payload()), 0, event.payload().length);
        }
        int last = session.inputSequence().get();
        if (event.sequence() - last <= 0) {
            throw new RefusedException(
                    Refusal.OLD_SEQUENCE,
                    "the sequence "
                            + Integer.toUnsignedString(event.sequence())
                            + " isn't after "
                            + Integer.toUnsignedString(last)
                            + ": each message takes the next");
        }
        session.inputSequence().set(event.sequence());
        send(session, shape, event.sequence(), event.payload());
    }

    private void send(Session session, EventShape shape, int sequence, byte[] payload)
            throws RefusedException {
        byte[] message =
                shape.latestWins()
                        ? InputMessages.input(session.id(), sequence, shape.id(), payload)
                        : InputMessages.event(session.id(), sequence, shape.id(), payload);
        offer(new Commands.Input(session, message));
    }

    private byte @Nullable [] onSession(Session session, Envelope envelope)
            throws RefusedException {
        switch (envelope.event()) {
            case "ping" -> {
                long clientTime = envelope.data().path("clientTime").asLong(0);
                return Answers.pong(clientTime, session.side.tick());
            }
            case "leave" -> offer(new Commands.Leave(session));
            case "observe" -> offer(new Commands.Observe(session, observedTier(envelope)));
            default ->
                    throw new RefusedException(
                            Refusal.UNKNOWN_EVENT,
                            "no session event is called "
                                    + envelope.event()
                                    + "; there are hello, ping, observe and leave");
        }
        return null;
    }

    private int observedTier(Envelope envelope) throws RefusedException {
        if (!edge.development()) {
            throw new RefusedException(
                    Refusal.NOT_ALLOWED, "only the development profile shows a whole star system");
        }
        String tier = orEmpty(envelope.text("tier")).toUpperCase(Locale.ROOT);
        if (tier.equals(NO_TIER)) {
            return -1;
        }
        for (Tier each : Tier.values()) {
            if (each.name().equals(tier)) {
                return each.ordinal();
            }
        }
        throw new RefusedException(
                Refusal.WRONG_SHAPE,
                "session.observe.tier; expected one of CLOSE, MEDIUM, LOW, SENSOR, NONE");
    }

    private void hello(String player, String ticket, String resume) throws RefusedException {
        if (greeted) {
            throw new RefusedException(
                    Refusal.HELLO_EXPECTED, "you said hello before: go on with events");
        }
        if (!PlayerNames.isValid(player)) {
            throw new RefusedException(
                    Refusal.closing(
                            Refusal.PLAYER_NAME, "a player's name has " + PlayerNames.RULE));
        }
        Ticket resumed = null;
        if (resume.isEmpty()) {
            edge.tickets().check(ticket, Ticket.Kind.LOGIN, player);
        } else {
            resumed = edge.tickets().check(resume, Ticket.Kind.RESUME, player);
        }
        long awayNanos = edge.offenders().awayNanos(player, System.nanoTime());
        if (awayNanos > 0) {
            throw new RefusedException(
                    new Refusal(
                            Refusal.TOO_FAST,
                            "you were sent away for what you sent: come back later",
                            true,
                            (int) TimeUnit.NANOSECONDS.toMillis(awayNanos) + 1));
        }
        if (!edge.commands().offerHello(new Commands.Hello(connection, player, resumed))) {
            throw new RefusedException(
                    Refusal.later(
                            Refusal.BUSY,
                            "the server lets nobody in at this moment: come back later",
                            edge.comebacks().drawMillis(System.nanoTime())));
        }
        greeted = true;
    }

    private Session session() throws RefusedException {
        Session session = connection.session();
        if (session != null) {
            return session;
        }
        throw new RefusedException(
                greeted
                        ? Refusal.of(
                                Refusal.HELLO_EXPECTED, "wait for the welcome before you go on")
                        : Refusal.closing(
                                Refusal.HELLO_EXPECTED,
                                "the first message must be session.hello with player and ticket"));
    }

    private void offer(Commands command) throws RefusedException {
        if (!edge.commands().offer(command)) {
            throw new RefusedException(
                    Refusal.BUSY, "the server takes no more at this moment: try again");
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
