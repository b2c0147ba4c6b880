package dev.horizon.net.client;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.session.ClientEventEncoder;
import dev.horizon.schemas.session.ClientInputEncoder;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import java.net.URI;
import java.net.http.WebSocket;
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
 * One player's connection. Connecting waits for the welcome; sending waits for the socket; events
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

    private final WebSocket socket;
    private final Inbox inbox;
    private final Welcome welcome;
    private int sequence;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    private HorizonClient(WebSocket socket, Inbox inbox, Welcome welcome) {
        this.socket = socket;
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
     * @param server such as {@code http://127.0.0.1:8080}, or of {@code https}
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
        ObjectNode hello = hello(player).put("ticket", ticket);
        return open(server, hello, frames, trust);
    }

    /** Goes on with a session after its connection was lost, with {@link Welcome#resume()}. */
    public static HorizonClient resume(
            URI server, String player, String resumeTicket, BinaryHandler frames) {
        return resume(server, player, resumeTicket, frames, Trust.standard());
    }

    /** The same at a server that is believed with this trust. */
    public static HorizonClient resume(
            URI server, String player, String resumeTicket, BinaryHandler frames, Trust trust) {
        ObjectNode hello = hello(player).put("resume", resumeTicket);
        return open(server, hello, frames, trust);
    }

    private static ObjectNode hello(String player) {
        return JSON.createObjectNode()
                .put("player", player)
                .put("protocolVersion", PROTOCOL_VERSION);
    }

    private static HorizonClient open(
            URI server, ObjectNode hello, BinaryHandler frames, Trust trust) {
        Inbox inbox = new Inbox(frames);
        String scheme = "https".equals(server.getScheme()) ? "wss://" : "ws://";
        URI play = URI.create(scheme + server.getAuthority() + "/play");
        WebSocket socket;
        try {
            socket =
                    trust.client()
                            .newWebSocketBuilder()
                            .connectTimeout(PATIENCE)
                            .buildAsync(play, inbox)
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            socket.sendText(envelope("session", "hello", hello), true)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(server, e);
        }
        ServerEvent answer =
                inbox.await(
                        event -> event.is("session", "welcome") || event.is("session", "refused"),
                        PATIENCE);
        if (answer != null && answer.event().equals("welcome")) {
            return new HorizonClient(socket, inbox, Welcome.of(answer.data()));
        }
        socket.abort();
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
        sending = sending.thenCompose(done -> socket.sendText(text, true));
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
        sending = sending.thenCompose(done -> socket.sendBinary(message, true));
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
        socket.abort();
    }

    /** Closes the connection; the session can be resumed for a while. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
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
