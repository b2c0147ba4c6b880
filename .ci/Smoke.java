import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A player from outside, on the JDK's own WebSocket: logs in, watches the star system, and ends well
 * once enough ships were seen at two places.
 *
 * <p>Run with the distribution's libraries: {@code java -cp 'tools/target/horizon/lib/*' .ci/Smoke.java URL}
 */
final class Smoke implements WebSocket.Listener {
    private static final int SHIPS_MOVED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CompletableFuture<JsonNode> welcome = new CompletableFuture<>();
    private final CompletableFuture<Integer> moved = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1 << 20]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameDecoder frame = new FrameDecoder();
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> movers = new HashSet<>();
    private int length;
    private long frames;
    private long bytes;

    public static void main(String[] arguments) throws Exception {
        URI address = URI.create(arguments[0].endsWith("/") ? arguments[0] : arguments[0] + "/");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer =
                    http.send(HttpRequest.newBuilder(address.resolve("api/ticket?player=Ci")).build(), BodyHandlers.ofString())
                            .body();
            Smoke player = new Smoke();
            player.moved.orTimeout(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS).whenComplete((ships, problem) -> {
                if (problem != null) {
                    problem.printStackTrace();
                    System.exit(1); // closing the client would wait for the connection
                }
            });
            WebSocket socket =
                    http.newWebSocketBuilder()
                            .connectTimeout(PATIENCE)
                            .buildAsync(URI.create(address.resolve("play").toString().replaceFirst("^http", "ws")), player)
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            say(socket, "session", "hello", "{\"player\":\"Ci\",\"ticket\":" + JSON.readTree(answer).get("ticket") + "}");
            JsonNode data = player.welcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            System.out.println("welcome to " + data.get("starSystem").asString() + " at tick " + data.get("tick"));
            say(socket, "session", "observe", "{\"tier\":\"LOW\"}");
            int ships = player.moved.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            System.out.printf("%d ships moved; %d frames, %d bytes%n", ships, player.frames, player.bytes);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            http.shutdownNow();
        }
    }

    private static void say(WebSocket socket, String namespace, String event, String data) {
        socket.sendText("{\"namespace\":\"" + namespace + "\",\"event\":\"" + event + "\",\"data\":" + data + "}", true)
                .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            JsonNode envelope = JSON.readTree(text.toString());
            text.setLength(0);
            switch (envelope.get("event").asString()) {
                case "welcome" -> welcome.complete(envelope.get("data"));
                case "refused" -> fail(new IllegalStateException("refused: " + envelope.get("data")));
                default -> {}
            }
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        int size = part.remaining();
        message.putBytes(length, part, part.position(), size);
        length += size;
        bytes += size;
        if (last) {
            for (int at = 0; at < length; ) { // a bundle: times (u16 length, message)
                int next = at + 2 + (message.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
                look(at + 2);
                at = next;
            }
            length = 0;
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        fail(new IllegalStateException("the gateway closed: " + status + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable problem) {
        fail(problem);
    }

    private void fail(Throwable problem) {
        welcome.completeExceptionally(problem);
        moved.completeExceptionally(problem);
    }

    /** A ship moved when its place was corrected, or its slot had rows with different places. */
    private void look(int offset) {
        header.wrap(message, offset);
        if (header.schemaId() != FrameDecoder.SCHEMA_ID || header.templateId() != FrameDecoder.TEMPLATE_ID) {
            return;
        }
        frames++;
        frame.wrapAndApplyHeader(message, offset, header);
        long channel = frame.channelId();
        for (var left : frame.left()) {
            places.remove(channel + "/" + left.slot());
        }
        frame.entered().forEachRemaining(row -> places.remove(channel + "/" + row.slot()));
        frame.nudged().forEachRemaining(row -> movers.add(channel + "/" + row.slot()));
        frame.kicked().forEachRemaining(row -> movers.add(channel + "/" + row.slot()));
        frame.resting().forEachRemaining(row -> {});
        frame.coasting().forEachRemaining(row -> at(channel, row.slot(), row.x(), row.y(), row.z()));
        frame.driven().forEachRemaining(row -> at(channel, row.slot(), row.x(), row.y(), row.z()));
        frame.wide().forEachRemaining(row -> at(channel, row.slot(), row.x(), row.y(), row.z()));
        if (movers.size() >= SHIPS_MOVED) {
            moved.complete(movers.size());
        }
    }

    private void at(long channel, int slot, int x, int y, int z) {
        String ship = channel + "/" + slot;
        String place = x + " " + y + " " + z;
        String before = places.put(ship, place);
        if (before != null && !before.equals(place)) {
            movers.add(ship);
        }
    }
}
