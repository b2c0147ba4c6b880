package dev.horizon.perf.load;

import dev.horizon.net.crowd.CrowdClient;
import dev.horizon.net.crowd.CrowdLoop;
import dev.horizon.net.driver.LineDriver;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.gateway.Tickets;
import dev.horizon.net.line.LineAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/** All players of this process on one event loop, whose thread owns everything here. */
final class LoadLoop {
    private static final long ROUND_MILLIS = 10;
    private static final int TICKET_SECONDS = 600;
    private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What players hold the stick at, in turns: out and back, so that nobody flies away. */
    private static final float[][] STICKS = {
        {0.6f, 0.2f, 0, 0.1f, 0.2f, 0.3f},
        {-0.6f, -0.2f, 0, -0.1f, -0.2f, -0.3f},
        {-0.6f, -0.2f, 0, -0.1f, 0.2f, -0.3f},
        {0.6f, 0.2f, 0, 0.1f, -0.2f, 0.3f}
    };

    /**
     * Who plays where.
     *
     * @param server to connect to
     * @param names of players, before their number
     * @param inputsPerSecond of each player
     * @param eventType of the stick
     * @param countEvery one in so many players is counted row by row
     */
    record Plan(URI server, String names, double inputsPerSecond, int eventType, int countEvery) {}

    private final Plan plan;
    private final Tickets tickets;
    private final CrowdLoop crowd;
    private @Nullable LineDriver driver;
    private final List<LoadClient> clients = new ArrayList<>();
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private final ByteBuf[] sticks = new ByteBuf[STICKS.length];
    private final Histogram ages = new Histogram(SLOWEST_NANOS, 3);
    private final Histogram oldest = new Histogram(SLOWEST_NANOS, 3);
    private final Histogram gaps = new Histogram(SLOWEST_NANOS, 3);
    private int playing;
    private int failed;
    private int nextToConnect;
    private double toSteer;
    private int nextToSteer;
    private long steeredNanos = System.nanoTime();
    private int stick;
    private long inputs;
    private long originNanos;
    private long periodNanos;
    private long sinceNanos;

    LoadLoop(Plan plan, TicketKey key) {
        this.plan = plan;
        this.tickets = new Tickets(key, InstantSource.system());
        crowd =
                new CrowdLoop(
                        new InetSocketAddress(plan.server().getHost(), plan.server().getPort()));
        if (LineAddress.isOne(plan.server())) {
            driver = LineDriver.start();
            crowd.lines(driver, LineAddress.of(plan.server()));
        }
        for (int i = 0; i < sticks.length; i++) {
            sticks[i] = Unpooled.directBuffer();
            for (float each : STICKS[i]) {
                sticks[i].writeFloatLE(each);
            }
        }
        if (plan.inputsPerSecond() > 0) {
            crowd.everyMillis(ROUND_MILLIS, this::steer);
        }
    }

    /** Runs something on the loop's thread. */
    void run(Runnable work) {
        crowd.run(work);
    }

    void close() {
        crowd.close();
        CloseHelper.close(driver);
    }

    // ---- on the loop's thread -------------------------------------------------------------------

    int playing() {
        return playing;
    }

    /** Players whose connection failed or ended since the ramp began. */
    int failed() {
        return failed;
    }

    /** Another ramp begins: what went wrong before is forgotten. */
    void begin() {
        failures.clear();
        failed = 0;
        nextToConnect = 0;
    }

    /** What went wrong, and how often. */
    Map<String, Integer> failures() {
        return failures;
    }

    /**
     * Begins the connection of one who has none: whose connection is gone, or one more.
     *
     * @return false where all so many players have had their turn
     */
    boolean connect(int players) {
        while (nextToConnect < clients.size()
                && clients.get(nextToConnect).state() != LoadClient.State.GONE) {
            nextToConnect++;
        }
        if (nextToConnect >= players) {
            return false;
        }
        connectOne(nextToConnect++);
        return true;
    }

    private void connectOne(int number) {
        LoadClient client =
                new LoadClient(
                        this,
                        number,
                        plan.names() + number,
                        plan.countEvery() > 0 && number % plan.countEvery() == 0);
        if (number < clients.size()) {
            clients.set(number, client);
        } else {
            clients.add(client);
        }
    }

    /** Ends the players beyond a number, without a word. */
    void keep(int players) {
        while (clients.size() > players) {
            LoadClient last = clients.removeLast();
            if (last.state() == LoadClient.State.PLAYING) {
                playing--;
            }
            last.end();
        }
    }

    /** When tick 0 would have begun, and how long a tick takes. */
    void schedule(long newOriginNanos, long newPeriodNanos) {
        originNanos = newOriginNanos;
        periodNanos = newPeriodNanos;
    }

    void reset() {
        clients.forEach(LoadClient::reset);
        ages.reset();
        oldest.reset();
        gaps.reset();
        inputs = 0;
        sinceNanos = System.nanoTime();
    }

    /** What was counted since the reset. */
    LoadFigures figures() {
        return LoadFigures.of(
                clients,
                (System.nanoTime() - sinceNanos) / 1e9,
                ages,
                oldest,
                gaps,
                inputs,
                failed());
    }

    CrowdClient connect(int number, LoadClient client) {
        return driver == null ? crowd.connect(number, client) : crowd.connectLine(client);
    }

    String ticket(String player) {
        return tickets.login(player, TICKET_SECONDS);
    }

    long nowNanos() {
        return System.nanoTime();
    }

    /** The first message of a tick came to a player. */
    void arrived(LoadClient client, long tick, long nowNanos) {
        if (periodNanos == 0) {
            return;
        }
        long age = Math.clamp(nowNanos - originNanos - tick * periodNanos, 0, SLOWEST_NANOS);
        ages.recordValue(age);
        client.ages.add(age);
        if (client.lastTick > 0) {
            long before = nowNanos - originNanos - client.lastTick * periodNanos;
            oldest.recordValue(Math.clamp(before, 0, SLOWEST_NANOS));
        }
        if (client.lastNanos > 0) {
            gaps.recordValue(Math.clamp(nowNanos - client.lastNanos, 0, SLOWEST_NANOS));
        }
    }

    void playing(LoadClient client) {
        playing++;
    }

    void refused(String text) {
        int code = text.indexOf("HZ-");
        failures.merge(
                "refused: " + (code < 0 ? text : text.substring(code, code + 10)), 1, Integer::sum);
    }

    void lost(LoadClient client, String why) {
        if (client.state() == LoadClient.State.PLAYING) {
            playing--;
        }
        failures.merge(why, 1, Integer::sum);
        failed++;
    }

    /** Each player from a number on holds the stick forward or back, once. */
    void push(int first, boolean isForward) {
        for (LoadClient client : clients.subList(Math.min(first, clients.size()), clients.size())) {
            client.steer(sticks[isForward ? 0 : 1], plan.eventType());
        }
    }

    private void steer() {
        int count = clients.size();
        long now = System.nanoTime();
        double inputsDue = count * plan.inputsPerSecond() * (now - steeredNanos) / 1e9;
        steeredNanos = now;
        toSteer = Math.min(count, toSteer + inputsDue);
        while (toSteer >= 1) {
            toSteer--;
            if (nextToSteer >= count) {
                nextToSteer = 0;
                stick = (stick + 1) % sticks.length;
            }
            LoadClient client = clients.get(nextToSteer++);
            if (client.state() == LoadClient.State.PLAYING) {
                client.steer(sticks[stick], plan.eventType());
                inputs++;
            }
        }
    }
}
