package dev.horizon.net.client;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.line.LineAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients ask a server over HTTP. */
final class Tokens {
    private Tokens() {}

    static String login(URI server, String player, Duration patience, Trust trust) {
        if (LineAddress.isOne(server)) {
            throw new HorizonException(
                    HorizonClient.UNREACHABLE,
                    server + " issues no tickets: ask at the address of the gateway's pages");
        }
        URI address =
                server.resolve(
                        "/api/ticket?player=" + URLEncoder.encode(player, StandardCharsets.UTF_8));
        try {
            HttpResponse<String> response =
                    trust.client()
                            .send(
                                    HttpRequest.newBuilder(address).timeout(patience).build(),
                                    HttpResponse.BodyHandlers.ofString());
            JsonNode body = JsonMapper.shared().readTree(response.body());
            if (response.statusCode() == 200) {
                return body.path("ticket").asString();
            }
            throw new HorizonException(
                    body.path("code").asString(HorizonClient.UNREACHABLE),
                    body.path("message").asString("no ticket: " + response.statusCode()));
        } catch (IOException e) {
            throw HorizonClient.unreachable(server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HorizonClient.unreachable(server, e);
        }
    }
}
