package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a running node's HTTP API. */
final class NodeClient {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final HttpClient http;

    NodeClient(URI base, Trust trust) {
        this.base = base;
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(trust.context())
                        .connectTimeout(CONNECT_MAX)
                        .build();
    }

    URI address() {
        return base;
    }

    /** A parameter of a path, encoded. */
    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * The answer to a path.
     *
     * @throws HorizonException HZ-ENV-020 when nobody answers, HZ-ENV-021 when it isn't a node,
     *     else the node's own code and words
     */
    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_MAX).GET().build());
    }

    /**
     * The answer to what an operator asks for.
     *
     * @param token that permits it
     * @param waits how long the node may take
     * @throws HorizonException as {@link #get}
     */
    JsonNode post(String path, String token, String body, Duration waits) {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(waits)
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = JSON.readTree(answer.body());
            if (answer.statusCode() >= 400 && body.has("code")) {
                throw new HorizonException(
                        body.path("code").asString(), body.path("message").asString());
            }
            return body;
        } catch (SSLException e) {
            throw new HorizonException(
                    "HZ-ENV-022",
                    "no TLS with "
                            + base
                            + ": "
                            + e.getMessage()
                            + "; set gateway.tls-certificate as the node has it, or write http://"
                            + " where it speaks none",
                    e);
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-ENV-020",
                    "no node answers at "
                            + base
                            + "; start one with 'horizon up', or name a running one with --url",
                    e);
        } catch (JacksonException e) {
            throw new HorizonException(
                    "HZ-ENV-021",
                    "what answers at " + base + " is not a Horizon node; check the port in --url",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HorizonException("HZ-CLI-004", "interrupted while " + base + " answered", e);
        }
    }
}
