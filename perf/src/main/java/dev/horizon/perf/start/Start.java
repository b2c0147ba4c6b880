package dev.horizon.perf.start;

import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.channels.ReplicaListener;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.net.client.HorizonClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One start.
 *
 * @param firstTickSeconds from the command to the first answer that tells of a tick
 * @param shipsSeconds from the command to the moment when a client holds ships that move
 */
record Start(double firstTickSeconds, double shipsSeconds) {
    private static final Pattern ADDRESS = Pattern.compile("http://[^/\\s]+");
    private static final Pattern TICK = Pattern.compile("\"tick\"\\s*:\\s*([1-9]\\d*)");
    private static final int SHIPS = 20;
    private static final long SECONDS_MAX = 60;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    static Start of(Path launcher, Path data) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process node =
                new ProcessBuilder(
                                launcher.toString(),
                                "up",
                                "--port",
                                "0",
                                "--data-dir",
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out =
                        new BufferedReader(
                                new InputStreamReader(
                                        node.getInputStream(), StandardCharsets.UTF_8));
                HttpClient http = HttpClient.newHttpClient()) {
            URI server = address(out);
            double ticked = awaitTick(http, server, began);
            return new Start(ticked, awaitShips(server, began));
        } finally {
            stop(node);
        }
    }

    private static URI address(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null) {
            Matcher found = ADDRESS.matcher(line);
            if (found.find()) {
                return URI.create(found.group());
            }
            line = out.readLine();
        }
        throw new IllegalStateException("horizon up ended without an address");
    }

    private static double awaitTick(HttpClient http, URI server, long began)
            throws IOException, InterruptedException {
        HttpRequest status = HttpRequest.newBuilder(server.resolve("/api/status")).build();
        while (secondsSince(began) < SECONDS_MAX) {
            String answer = http.send(status, HttpResponse.BodyHandlers.ofString()).body();
            if (TICK.matcher(answer).find()) {
                return secondsSince(began);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException("no tick within " + SECONDS_MAX + " s");
    }

    private static double awaitShips(URI server, long began) throws InterruptedException {
        Ships ships = new Ships(began);
        String player = "Bench";
        String ticket = HorizonClient.ticket(server, player);
        try (HorizonClient client =
                HorizonClient.connect(server, player, ticket, ships::onMessage)) {
            client.send("session", "observe", "{\"tier\":\"LOW\"}");
            if (!ships.seen.await(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no ships within " + SECONDS_MAX + " s");
            }
        }
        return ships.seconds;
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void stop(Process node) throws InterruptedException {
        node.destroy();
        if (!node.waitFor(20, TimeUnit.SECONDS)) {
            node.destroyForcibly().waitFor();
        }
    }

    /** What the client is sent, until enough of it are craft that move. */
    private static final class Ships implements ReplicaListener {
        private final long began;
        private final ReplicaView view = ReplicaView.open(this);
        private final CountDownLatch seen = new CountDownLatch(1);
        private final double[] velocity = new double[3];
        private volatile double seconds;

        Ships(long began) {
            this.began = began;
        }

        void onMessage(UnsafeBuffer buffer, int length) {
            view.apply(buffer, 0, length);
            if (seen.getCount() > 0 && countShips() >= SHIPS) {
                seconds = secondsSince(began);
                seen.countDown();
            }
        }

        private int countShips() {
            int[] count = {0};
            view.forEach(entity -> count[0] += isShip(entity) ? 1 : 0);
            return count[0];
        }

        /** Rocks rest. */
        private boolean isShip(ReplicaEntity entity) {
            return entity.sizeClass() == SizeClass.CRAFT
                    && entity.velocity(view.lastTick(), 0.05, velocity)
                    && velocity[0] != 0;
        }

        @Override
        public void onKeyframeNeeded(long channelId) {}
    }
}
