package dev.horizon.tools.cli;

import java.time.Duration;
import java.util.List;

/** Asks a running node to change its plugins. */
record PluginChange(NodeOptions node, Surroundings around) {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(90);

    /**
     * Asks.
     *
     * @param verb load, reload, disable or enable
     * @param what jars or names
     * @return what came of it
     */
    String ask(String verb, List<String> what) {
        return node.client(around)
                .post(
                        "/api/plugin",
                        node.token(around).secret(),
                        verb + "\n" + String.join("\n", what),
                        ANSWER_MAX)
                .path("answer")
                .asString();
    }
}
