package dev.horizon.tools.soak.bots;

import dev.horizon.engine.world.EntityId;
import dev.horizon.net.crowd.CrowdClient;
import dev.horizon.net.crowd.CrowdListener;
import dev.horizon.net.crowd.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One player: comes, does as its mind says, and comes back when it was lost. */
final class Bot implements CrowdListener {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** For an answer to hello, and for a ship that comes with the welcome. */
    private static final long GREETING_MILLIS_MAX = 15_000;

    private static final long SHIP_MILLIS = 1_500;
    private static final int BACKOFF_MILLIS = 250;
    private static final int BACKOFF_DOUBLINGS_MAX = 5;

    /** After a stall the server may still cut who had fallen behind, and what comes is old. */
    private static final long FORGIVEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Enough for namespace and event. */
    private static final int HEAD_CHARS = 96;

    /** Refusals of tickets. */
    private static final String TICKETS_FIRST = "HZ-GW-013";

    private static final String TICKETS_LAST = "HZ-GW-017";

    private enum State {
        AWAY,
        GREETING,
        PLAYING
    }

    final int number;
    final String name;
    final SplittableRandom random;
    private final Fleet fleet;
    private final Mind mind;
    private @Nullable CrowdClient connection;
    private State state = State.AWAY;
    private long due;
    private String ticket = "";
    private String resume = "";
    private int sequence;
    private final ShipWatch watch;
    private long lastTick;
    private int attempts;
    private long awaySince;
    private long retryMillis;
    private long stalledUntil;
    private long forgivenUntil;

    Bot(Fleet fleet, int number, Mind mind, SplittableRandom random) {
        this.fleet = fleet;
        this.watch = new ShipWatch(fleet.tally);
        this.number = number;
        this.name = "Bot" + number;
        this.mind = mind;
        this.random = random;
    }

    // ---- what minds do and ask --------------------------------------------------------------

    Fleet fleet() {
        return fleet;
    }

    /** None while it has none. */
    EntityId ship() {
        return watch.ship();
    }

    void say(String namespace, String event, String data) {
        CrowdClient to = connection;
        if (to != null && state == State.PLAYING) {
            sequence++;
            fleet.tally.inputs++;
            to.sendEvent(namespace, event, data);
        }
    }

    void goTo(double x, double y, double z) {
        say("ship", "go-to", "{\"x\":" + x + ",\"y\":" + y + ",\"z\":" + z + "}");
    }

    /** Holds the stick: six numbers from -1 to 1. */
    void fly(float[] stick, boolean fire, EntityId target) {
        CrowdClient to = connection;
        if (to != null && state == State.PLAYING) {
            fleet.tally.inputs++;
            to.sendInput(++sequence, Fleet.CONTROLS, fleet.controls(stick, fire, target));
        }
    }

    /** Reads nothing for a while. */
    void stall(long millis) {
        CrowdClient of = connection;
        if (of != null) {
            long now = System.nanoTime();
            stalledUntil = now + TimeUnit.MILLISECONDS.toNanos(millis);
            forgivenUntil = stalledUntil + FORGIVEN_NANOS;
            of.reads(false);
            due = Math.max(due, stalledUntil);
        }
    }

    /** Cuts the connection without a word, and comes back. */
    void cut() {
        CrowdClient of = connection;
        if (of != null && state == State.PLAYING) {
            of.end();
            away(BACKOFF_MILLIS + random.nextInt(BACKOFF_MILLIS));
        }
    }

    // ---- what the fleet does -------------------------------------------------------------------

    boolean isPlaying() {
        return state == State.PLAYING;
    }

    /** Does what is due. */
    void turn(long now) {
        if (stalledUntil != 0 && now >= stalledUntil) {
            stalledUntil = 0;
            CrowdClient of = connection;
            if (of != null) {
                of.reads(true);
            }
        }
        watch.turn(now);
        if (now < due) {
            return;
        }
        switch (state) {
            case AWAY -> {
                due = now + TimeUnit.MILLISECONDS.toNanos(GREETING_MILLIS_MAX);
                state = State.GREETING;
                if (resume.isEmpty()) {
                    fleet.ticket(this);
                } else {
                    open();
                }
            }
            case GREETING -> {
                CrowdClient of = connection;
                if (of != null) {
                    of.end();
                }
                onGone("no welcome in " + GREETING_MILLIS_MAX / 1_000 + " s");
            }
            case PLAYING -> play(now);
        }
    }

    private void play(long now) {
        long millis = SHIP_MILLIS;
        if (mind.needsShip() && ship().isNone()) {
            say("ship", "take", "{}");
        } else {
            millis = mind.act(this);
        }
        if (state != State.PLAYING) {
            return; // It cut its connection, and is to come back soon.
        }
        due = Math.max(due, now + TimeUnit.MILLISECONDS.toNanos(Math.max(1, millis)));
    }

    /** Its ticket; empty where there is none. */
    void ticketed(String text) {
        if (state != State.GREETING) {
            return;
        }
        if (text.isEmpty()) {
            onGone("no ticket");
        } else {
            ticket = text;
            open();
        }
    }

    private void open() {
        connection = fleet.connect(number, attempts, this);
    }

    /** Says goodbye. */
    void leave() {
        say("session", "leave", "{}");
        CrowdClient of = connection;
        if (of != null) {
            of.end();
        }
        state = State.AWAY;
    }

    private void away(long millis) {
        if (state == State.PLAYING) {
            fleet.playing--;
            awaySince = System.nanoTime();
        }
        state = State.AWAY;
        stalledUntil = 0;
        connection = null;
        due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(millis, retryMillis));
        retryMillis = 0;
    }

    // ---- what the server does ------------------------------------------------------------------

    @Override
    public String hello() {
        return resume.isEmpty()
                ? "{\"player\":\"%s\",\"ticket\":\"%s\",\"protocolVersion\":3}"
                        .formatted(name, ticket)
                : "{\"player\":\"%s\",\"resume\":\"%s\",\"protocolVersion\":3}"
                        .formatted(name, resume);
    }

    @Override
    public void onBinary(ByteBuf in, int at, int length, int wireBytes) {
        fleet.tally.messages++;
        fleet.tally.bytes += wireBytes;
        long tick = Wire.latestTick(in, at, length, lastTick);
        if (tick > lastTick) {
            long now = System.nanoTime();
            if (now >= forgivenUntil) {
                fleet.arrived(tick, now);
            }
            lastTick = tick;
            watch.told(in, at, length, now);
        }
    }

    @Override
    public void onText(ByteBuf in, int at, int length) {
        fleet.tally.bytes += length;
        String head = in.toString(at, Math.min(length, HEAD_CHARS), StandardCharsets.US_ASCII);
        if (head.contains("\"namespace\":\"session\"")) {
            String text = in.toString(at, length, StandardCharsets.UTF_8);
            if (head.contains("\"event\":\"welcome\"")) {
                welcome(JSON.readTree(text).path("data"));
            } else if (head.contains("\"event\":\"moved\"")) {
                watch.moved(System.nanoTime());
                lastTick = 0; // Another node counts its own.
            } else if (head.contains("\"event\":\"refused\"")) {
                refused(JSON.readTree(text).path("data"));
            }
        } else if (head.contains("\"namespace\":\"ship\"")) {
            String text = in.toString(at, length, StandardCharsets.UTF_8);
            if (head.contains("\"event\":\"taken\"")) {
                watch.taken(
                        EntityId.parse(JSON.readTree(text).path("data").path("ship").asString()));
                due = Math.min(due, System.nanoTime());
            } else if (head.contains("\"event\":\"destroyed\"")) {
                watch.gone();
            }
            mind.hear(this, head, text);
        } else if (head.contains("\"namespace\":\"mining\"")) {
            mind.hear(this, head, in.toString(at, length, StandardCharsets.UTF_8));
        }
    }

    private void welcome(JsonNode data) {
        long now = System.nanoTime();
        if (resume.isEmpty()) {
            watch.gone();
        }
        watch.connected(now);
        resume = data.path("resume").asString();
        sequence = (int) data.path("lastInputSequence").asLong();
        lastTick = 0;
        attempts = 0;
        state = State.PLAYING;
        fleet.playing++;
        if (awaySince != 0) {
            fleet.tally.comeback(now - awaySince);
            awaySince = 0;
        }
        due = now + (ship().isNone() ? TimeUnit.MILLISECONDS.toNanos(SHIP_MILLIS) : 0);
    }

    private void refused(JsonNode data) {
        String code = data.path("code").asString();
        retryMillis = data.path("retryMillis").asLong();
        fleet.tally.cause(code);
        if (state == State.PLAYING) {
            fleet.tally.refusals++;
        } else if (code.compareTo(TICKETS_FIRST) >= 0 && code.compareTo(TICKETS_LAST) <= 0) {
            // The session that it could have gone on with is gone: the next hello is a new one.
            resume = "";
        }
    }

    @Override
    public void onGone(String why) {
        boolean isForgiven = fleet.isLossExpected() || System.nanoTime() < forgivenUntil;
        if (!isForgiven) {
            if (state == State.PLAYING) {
                fleet.tally.lost++;
            } else {
                fleet.tally.loginsFailed++;
            }
            fleet.tally.cause(why);
        }
        int doublings = Math.min(attempts++, BACKOFF_DOUBLINGS_MAX);
        long most = (long) BACKOFF_MILLIS << doublings;
        away(most / 2 + random.nextLong(most / 2));
    }
}
