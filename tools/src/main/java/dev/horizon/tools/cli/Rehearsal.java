package dev.horizon.tools.cli;

import dev.horizon.net.client.HorizonClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * What the first guests of a node ask of it: the launcher has it asked once, after a build, and
 * keeps an archive of the classes that it took.
 */
final class Rehearsal {
    private static final List<String> PAGES = List.of("/", "/api/status", "/metrics");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PLAYER = "Rehearsal";

    private Rehearsal() {}

    /** Opens pages, logs in, watches and takes a ship. */
    static void play(URI server) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String page : PAGES) {
                http.send(
                        HttpRequest.newBuilder(server.resolve(page)).build(),
                        BodyHandlers.discarding());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the rehearsal could not open " + server, e);
        }
        try (HorizonClient client =
                HorizonClient.connect(server, PLAYER, HorizonClient.ticket(server, PLAYER))) {
            client.send("session", "observe", "{\"tier\":\"LOW\"}");
            client.send("ship", "take", "{}");
            client.await("ship", "taken", PATIENCE);
            client.leave();
        }
    }
}
