package dev.horizon.tools.soak.bots;

import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.Trust;
import dev.horizon.net.crowd.CrowdClient;
import dev.horizon.net.crowd.CrowdListener;
import dev.horizon.net.crowd.CrowdLoop;
import dev.horizon.net.driver.LineDriver;
import dev.horizon.net.line.LineAddress;
import dev.horizon.tools.soak.plan.SoakPlan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * All bots of a plan, on one thread: comes to as many as the plan asks for at each moment. What is
 * public is for any other thread.
 */
public final class Fleet implements AutoCloseable {
    /** Which input {@code ship:controls} is. */
    public static final int CONTROLS =
            new EventShape(EventShape.Direction.FROM_CLIENT, "ship", "controls", true, List.of())
                    .id();

    private static final long ROUND_MILLIS = 10;

    /** Two thousand a second: what a kernel's backlog takes. */
    private static final int COMERS_PER_ROUND = 20;

    private static final int CONTROLS_BYTES = 33;
    private static final long AGE_NANOS_MAX = TimeUnit.SECONDS.toNanos(600);

    final Tally tally = new Tally();
    final Places places;
    int playing;
    private final SoakPlan plan;
    private final List<Double> borders;
    private final Cast cast;
    private final TicketSource tickets;
    private final CrowdLoop crowd;
    private final Loss loss;
    private @Nullable LineDriver driver;
    private final List<Bot> bots = new ArrayList<>();
    private final ByteBuf controls = Unpooled.directBuffer(CONTROLS_BYTES);
    private final long threadId;
    private long beganNanos;
    private long nextRound;
    private long originNanos;
    private long periodNanos;
    private boolean isEnding;
    private volatile boolean isLossExpected;

    /**
     * Nobody comes before {@link #begin}.
     *
     * @param servers of which each is as good
     * @param trust in servers that speak TLS; null for those that speak none
     * @param aeron where it takes players over Aeron; null where the plan has none
     */
    public Fleet(
            List<InetSocketAddress> servers,
            @Nullable Trust trust,
            @Nullable LineAddress aeron,
            SoakPlan plan,
            TicketSource tickets,
            Places places) {
        this.plan = plan;
        this.tickets = tickets;
        this.places = places;
        this.cast = new Cast(plan);
        this.crowd = new CrowdLoop(servers, trust);
        this.borders = plan.mesh().isThere() ? plan.mesh().borders() : List.of();
        this.loss = new Loss(plan.seed());
        if (aeron != null && plan.aeronShare() > 0) {
            driver = LineDriver.losing(loss);
            crowd.lines(driver, aeron);
        }
        long[] id = new long[1];
        crowd.run(() -> id[0] = Thread.currentThread().threadId());
        threadId = id[0];
    }

    /** The plan's time begins. */
    public void begin() {
        crowd.run(() -> {
            beganNanos = System.nanoTime();
            nextRound = beganNanos + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
        });
        crowd.everyMillis(ROUND_MILLIS, this::round);
    }

    /** What was met since the last time. */
    public Reading take() {
        Reading[] reading = new Reading[1];
        crowd.run(() -> reading[0] = tally.take(playing));
        return reading[0];
    }

    /** What was refused and why connections ended, with how often, since the beginning. */
    public Map<String, Integer> causes() {
        List<Map<String, Integer>> causes = new ArrayList<>();
        crowd.run(() -> causes.add(tally.causes()));
        return causes.getFirst();
    }

    /**
     * When tick 0 would have begun, and how long a tick takes; 0 for both while nobody knows, and
     * then no age is counted.
     */
    public void schedule(long newOriginNanos, long newPeriodNanos) {
        crowd.later(() -> {
            originNanos = newOriginNanos;
            periodNanos = newPeriodNanos;
        });
    }

    /** A share of those who are in, per cent, reads nothing for a while. */
    public void slow(double share, long millis) {
        crowd.later(() -> {
            double due = 0;
            for (Bot bot : bots) {
                due += bot.isPlaying() ? share / 100 : 0;
                if (due >= 1) {
                    due--;
                    bot.stall(millis);
                }
            }
        });
    }

    /**
     * A part of the datagrams to a share of the players who come over Aeron is lost for a while.
     *
     * @param rate of the datagrams, per cent
     * @param share of those players, per cent
     * @return how many were lost
     */
    public long lose(double rate, double share, long millis) throws InterruptedException {
        long before = loss.lost();
        loss.begin(rate / 100, share / 100);
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            loss.end();
        }
        return loss.lost() - before;
    }

    /** While the node is killed, to lose a connection is no fault of its own. */
    public void expectLosses(boolean isExpected) {
        isLossExpected = isExpected;
    }

    /** The thread of all bots. */
    public long threadId() {
        return threadId;
    }

    /** All say goodbye. */
    public void end() {
        crowd.run(() -> {
            isEnding = true;
            bots.forEach(Bot::leave);
            bots.clear();
            playing = 0;
        });
    }

    @Override
    public void close() {
        crowd.close();
        CloseHelper.close(driver);
    }

    // ---- the crowd's thread --------------------------------------------------------------------

    private void round() {
        if (isEnding) {
            return;
        }
        long now = System.nanoTime();
        tally.lag(Math.max(0, now - nextRound));
        int wanted = plan.playersAt((now - beganNanos) / 1e9);
        for (int i = 0; i < COMERS_PER_ROUND && bots.size() < wanted; i++) {
            int number = bots.size();
            bots.add(
                    new Bot(
                            this,
                            number,
                            cast.mind(number),
                            new SplittableRandom(plan.seed() * 0x9E3779B97F4A7C15L + number)));
        }
        while (bots.size() > wanted) {
            Bot last = bots.removeLast();
            playing -= last.isPlaying() ? 1 : 0;
            last.leave();
        }
        for (Bot bot : bots) {
            bot.turn(now);
        }
        nextRound = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
    }

    boolean isLossExpected() {
        return isLossExpected;
    }

    /** Seconds since the beginning. */
    double seconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    void ticket(Bot bot) {
        tickets.ticket(bot.name, text -> crowd.later(() -> bot.ticketed(text)));
    }

    /** Where to go over a border; null where there is none. */
    Places.@Nullable Place border(List<Double> at) {
        return places.border(borders, at);
    }

    CrowdClient connect(int number, int attempt, CrowdListener listener) {
        return driver != null && cast.comesOverAeron(number)
                ? crowd.connectLine(listener)
                : crowd.connect(number, attempt, listener);
    }

    /** The first message of a tick came to somebody whose network doesn't stall. */
    void arrived(long tick, long now) {
        if (periodNanos != 0) {
            long age = now - originNanos - tick * periodNanos;
            tally.age(Math.clamp(age, 0, AGE_NANOS_MAX));
        }
    }

    long seed() {
        return plan.seed();
    }

    /** The payload of {@code ship:controls}; valid until the next. */
    ByteBuf controls(float[] stick, boolean fire, EntityId target) {
        controls.clear();
        for (float axis : stick) {
            controls.writeFloatLE(axis);
        }
        return controls.writeBoolean(fire).writeLongLE(target.value());
    }
}
