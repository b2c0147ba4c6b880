package dev.horizon.tools.soak;

import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.soak.bots.TicketSource;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Where the bots' tickets come from. */
final class Tickets {
    private static final int KEY_BYTES = 32;
    private static final int VALID_SECONDS = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Tickets() {}

    /** A key for one soak, in base64. */
    static String freshKey() {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }

    /** Signed here. */
    static TicketSource signedBy(TicketKey key) {
        var tickets = new dev.horizon.net.gateway.Tickets(key, InstantSource.system());
        return (player, to) -> to.accept(tickets.login(player, VALID_SECONDS));
    }

    /** With a key in base64. */
    static TicketSource signedBy(String key) {
        return signedBy(TicketKey.load(true, key, Path.of("")));
    }

    /** Asked of a node of the development profile. */
    static TicketSource askedOf(URI node, HttpClient http) {
        return (player, to) -> {
            String name = URLEncoder.encode(player, StandardCharsets.UTF_8);
            HttpRequest request =
                    HttpRequest.newBuilder(node.resolve("/api/ticket?player=" + name))
                            .timeout(PATIENCE)
                            .build();
            http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, fault) -> {
                        String text =
                                fault == null && answer.statusCode() == 200
                                        ? JsonMapper.shared()
                                                .readTree(answer.body())
                                                .path("ticket")
                                                .asString()
                                        : "";
                        to.accept(text);
                    });
        };
    }
}
