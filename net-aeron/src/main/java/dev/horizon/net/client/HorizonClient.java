package dev.horizon.net.client;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.LineDriver;
import dev.horizon.net.line.LineAddress;
import dev.horizon.schemas.session.ClientEventEncoder;
import dev.horizon.schemas.session.ClientInputEncoder;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One player's connection. Connecting waits for the welcome; sending waits for the link; events
 * that nobody awaits are kept up to a bound, the latest ones. Thread-safe.
 */
public final class HorizonClient implements AutoCloseable {
    static final String UNREACHABLE = "HZ-NET-001";
    private static final String GONE = "HZ-NET-002";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** 1: binary messages of the server are bundles. */
    private static final int PROTOCOL_VERSION = 3;

    private static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;

    private final Link link;
    private final Inbox inbox;
    private final Welcome welcome;
    private int sequence;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    private HorizonClient(Link link, Inbox inbox, Welcome welcome) {
        this.link = link;
        this.inbox = inbox;
        this.welcome = welcome;
        this.sequence = welcome.lastInputSequence();
    }

    /** Takes binary messages of the server; the buffer is valid during the call. */
    @FunctionalInterface
    public interface BinaryHandler {
        /** One message of the replication schema, header included. */
        void onMessage(UnsafeBuffer buffer, int length);

        /** The server took the session: before any message of it. */
        default void onWelcome(Welcome welcome) {}

        /**
         * The session is at another node now: what comes from now on is all that is held, and its
         * ticks are that node's.
         */
        default void onMoved(int tickHz) {}

        /** A bundle of messages was damaged; those before the damage were handled. */
        default void onFault(HorizonException fault) {}
    }

    /**
     * Asks a server of the development profile for a login ticket.
     *
     * @param server such as {@code http://127.0.0.1:8080}
     * @throws HorizonException with the server's code when it refuses, HZ-NET-001 when it can't be
     *     reached
     */
    public static String ticket(URI server, String player) {
        return ticket(server, player, Trust.standard());
    }

    /** The same of a server that is believed with this trust. */
    public static String ticket(URI server, String player, Trust trust) {
        return Tokens.login(server, player, PATIENCE, trust);
    }

    /**
     * Logs in, and drops what the server sends in binary.
     *
     * @param server such as {@code http://127.0.0.1:8080}, of {@code https}, or, in a network that
     *     is trusted, over Aeron: {@code aeron://10.0.0.5:8430}; then a driver of Aeron's lives in
     *     this process as long as the client
     * @throws HorizonException with the server's code when it refuses, HZ-NET-001 when it can't be
     *     reached
     */
    public static HorizonClient connect(URI server, String player, String ticket) {
        return connect(server, player, ticket, (buffer, length) -> {});
    }

    /** Logs in; {@code frames} is called on the connection's thread. */
    public static HorizonClient connect(
            URI server, String player, String ticket, BinaryHandler frames) {
        return connect(server, player, ticket, frames, Trust.standard());
    }

    /** The same at a server that is believed with this trust. */
    public static HorizonClient connect(
            URI server, String player, String ticket, BinaryHandler frames, Trust trust) {
        return open(server, hello(player).put("ticket", ticket), frames, trust, null);
    }

    /** The same over Aeron, by a driver that clients share and somebody else closes. */
    public static HorizonClient connect(
            URI server, String player, String ticket, BinaryHandler frames, LineDriver driver) {
        ObjectNode hello = hello(player).put("ticket", ticket);
        return open(server, hello, frames, Trust.standard(), driver);
    }

    /** Goes on with a session after its connection was lost, with {@link Welcome#resume()}. */
    public static HorizonClient resume(
            URI server, String player, String resumeTicket, BinaryHandler frames) {
        return resume(server, player, resumeTicket, frames, Trust.standard());
    }

    /** The same at a server that is believed with this trust. */
    public static HorizonClient resume(
            URI server, String player, String resumeTicket, BinaryHandler frames, Trust trust) {
        return open(server, hello(player).put("resume", resumeTicket), frames, trust, null);
    }

    /** The same over Aeron, by a driver that clients share and somebody else closes. */
    public static HorizonClient resume(
            URI server,
            String player,
            String resumeTicket,
            BinaryHandler frames,
            LineDriver driver) {
        ObjectNode hello = hello(player).put("resume", resumeTicket);
        return open(server, hello, frames, Trust.standard(), driver);
    }

    private static ObjectNode hello(String player) {
        return JSON.createObjectNode()
                .put("player", player)
                .put("protocolVersion", PROTOCOL_VERSION);
    }

    private static HorizonClient open(
            URI server,
            ObjectNode hello,
            BinaryHandler frames,
            Trust trust,
            @Nullable LineDriver driver) {
        Inbox inbox = new Inbox(frames);
        CompletableFuture<Link> opening =
                LineAddress.isOne(server)
                        ? LineLink.open(server, inbox, driver)
                        : SocketLink.open(server, inbox, trust, PATIENCE);
        Link link;
        try {
            link = opening.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            link.sendText(envelope("session", "hello", hello))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            opening.thenAccept(Link::cut);
            throw unreachable(server, e);
        } catch (InterruptedException e) {
            opening.thenAccept(Link::cut);
            Thread.currentThread().interrupt();
            throw unreachable(server, e);
        }
        ServerEvent answer =
                inbox.await(
                        event -> event.is("session", "welcome") || event.is("session", "refused"),
                        PATIENCE);
        if (answer != null && answer.event().equals("welcome")) {
            return new HorizonClient(link, inbox, Welcome.of(answer.data()));
        }
        link.cut();
        if (answer == null) {
            throw new HorizonException(
                    UNREACHABLE, server + " accepted the connection but sent no welcome");
        }
        throw new HorizonException(
                answer.data().path("code").asString(), answer.data().path("reason").asString());
    }

    /** What the server said when it took the session. */
    public Welcome welcome() {
        return welcome;
    }

    /**
     * Sends an event.
     *
     * @param data the fields as a JSON object
     */
    public synchronized void send(String namespace, String event, String data) {
        sequence++;
        sendText(envelope(namespace, event, (ObjectNode) JSON.readTree(data)));
    }

    /** Sends a text as it is, envelope or not. */
    public synchronized void sendText(String text) {
        sending = sending.thenCompose(done -> link.sendText(text));
        await(sending);
    }

    /** Sends the payload of an event whose latest counts, such as the position of a stick. */
    public synchronized void sendInput(int eventType, byte[] payload) {
        UnsafeBuffer out = message(ClientInputEncoder.BLOCK_LENGTH, payload);
        ClientInputEncoder input =
                new ClientInputEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        input.sequence(Integer.toUnsignedLong(++sequence))
                .eventType(eventType)
                .putPayload(payload, 0, payload.length);
        sendBinary(ByteBuffer.wrap(out.byteArray(), 0, HEADER_BYTES + input.encodedLength()));
    }

    /** Sends the payload of an event. */
    public synchronized void sendEvent(int eventType, byte[] payload) {
        UnsafeBuffer out = message(ClientEventEncoder.BLOCK_LENGTH, payload);
        ClientEventEncoder event =
                new ClientEventEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        event.sequence(Integer.toUnsignedLong(++sequence))
                .eventType(eventType)
                .putPayload(payload, 0, payload.length);
        sendBinary(ByteBuffer.wrap(out.byteArray(), 0, HEADER_BYTES + event.encodedLength()));
    }

    /** Sends a binary message as it is. */
    public synchronized void sendBinary(ByteBuffer message) {
        sending = sending.thenCompose(done -> link.sendBinary(message));
        await(sending);
    }

    private static UnsafeBuffer message(int blockLength, byte[] payload) {
        return new UnsafeBuffer(
                new byte[HEADER_BYTES + blockLength + Integer.BYTES + payload.length]);
    }

    /**
     * The next event of these names, those before it dropped.
     *
     * @return null when none came in time, or the connection ended
     */
    public @Nullable ServerEvent await(String namespace, String event, Duration patience) {
        return await(each -> each.is(namespace, event), patience);
    }

    /** The next event that passes, those before it dropped; null when none came in time. */
    public @Nullable ServerEvent await(Predicate<ServerEvent> wanted, Duration patience) {
        return inbox.await(wanted, patience);
    }

    /** Waits until the server closed; false when it didn't in time. */
    public boolean awaitClosed(Duration patience) {
        return inbox.awaitClosed(patience);
    }

    /** Says goodbye, so that the session ends at once, and closes. */
    public void leave() {
        sendText(envelope("session", "leave", JSON.createObjectNode()));
        close();
    }

    /** Cuts the connection without a word: the session can be resumed. */
    public void cut() {
        link.cut();
    }

    /** Closes the connection; the session can be resumed for a while. */
    @Override
    public void close() {
        link.close();
    }

    private static String envelope(String namespace, String event, ObjectNode data) {
        ObjectNode root = JSON.createObjectNode().put("namespace", namespace).put("event", event);
        root.set("data", data);
        return JSON.writeValueAsString(root);
    }

    private static void await(CompletableFuture<?> sent) {
        try {
            sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new HorizonException(GONE, "the connection is gone: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static HorizonException unreachable(URI server, Exception cause) {
        return new HorizonException(
                UNREACHABLE,
                "can't reach " + server + ": " + cause.getMessage() + "; is the server up?",
                cause);
    }
}
