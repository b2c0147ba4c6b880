package dev.horizon.engine.tick;

import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.telemetry.TickEvent;
import dev.horizon.engine.world.Tier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * What the tick loop did so far: written by the tick thread without allocating, read by any thread
 * without stopping it. Figures read one after the other may stem from neighbouring ticks.
 */
public final class TickMetrics {
    private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Phase[] PHASES = Phase.values();
    private static final Tier[] TIERS = Tier.values();

    private final long budgetNanos;
    private final AtomicHistogram tickNanos = new AtomicHistogram(1, SLOWEST_NANOS, 3);
    private final AtomicHistogram[] phaseNanos = new AtomicHistogram[PHASES.length];
    private final long[] lastPhaseNanos = new long[PHASES.length];
    private final TickEvent event = new TickEvent();
    private final AtomicLongArray counters = new AtomicLongArray(Counter.values().length);
    private final AtomicLongArray tierBytes = new AtomicLongArray(TIERS.length);
    private final AtomicLongArray tierFrames = new AtomicLongArray(TIERS.length);
    private volatile long lastTickNanos;
    private volatile long originNanos;
    private volatile long tick;
    private volatile long hash;
    private volatile int entities;
    private volatile int sessions;
    private volatile int heldTicks;
    private volatile int dilationPermille = 1000;
    private volatile int loadPermille;
    private volatile OverloadStep overloadStep = OverloadStep.NORMAL;

    TickMetrics(int tickHz) {
        budgetNanos = TimeUnit.SECONDS.toNanos(1) / tickHz;
        for (int i = 0; i < phaseNanos.length; i++) {
            phaseNanos[i] = new AtomicHistogram(1, SLOWEST_NANOS, 2);
        }
    }

    /** Nanoseconds that a tick may take at the undilated rate. */
    public long budgetNanos() {
        return budgetNanos;
    }

    /** Nanoseconds of whole ticks; a copy. */
    public Histogram tickNanos() {
        return copy(tickNanos);
    }

    /** Nanoseconds of the last tick. */
    public long lastTickNanos() {
        return lastTickNanos;
    }

    /**
     * When tick 0 would have begun, going by the last tick's begin and the undilated rate, on the
     * loop's clock. The least of several readings is the schedule; what a reading is above it, its
     * tick began late.
     */
    public long originNanos() {
        return originNanos;
    }

    /** Nanoseconds of one phase; a copy. */
    public Histogram phaseNanos(Phase phase) {
        return copy(phaseNanos[phase.ordinal()]);
    }

    /** A counter's value. */
    public long count(Counter counter) {
        return counters.get(counter.ordinal());
    }

    /** Bytes of frames encoded for a tier. */
    public long bytes(Tier tier) {
        return tierBytes.get(tier.ordinal());
    }

    /** Frames encoded for a tier. */
    public long frames(Tier tier) {
        return tierFrames.get(tier.ordinal());
    }

    /** The last tick done, 0 before the first. */
    public long tick() {
        return tick;
    }

    /** The world's hash after the last tick. */
    public long hash() {
        return hash;
    }

    /** Entities alive after the last tick. */
    public int entities() {
        return entities;
    }

    /** Sessions after the last tick. */
    public int sessions() {
        return sessions;
    }

    /** Ticks whose effects wait for the recorder. */
    public int heldTicks() {
        return heldTicks;
    }

    /** Simulated time per real time, in 1/1000. */
    public int dilationPermille() {
        return dilationPermille;
    }

    /** How far the node goes against overload. */
    public OverloadStep overloadStep() {
        return overloadStep;
    }

    /** What recent ticks took of their undilated budget on average, in 1/1000. */
    public int loadPermille() {
        return loadPermille;
    }

    void add(Counter counter, long more) {
        counters.lazySet(counter.ordinal(), counters.get(counter.ordinal()) + more);
    }

    void increment(Counter counter) {
        add(counter, 1);
    }

    void frame(Tier tier, int bytes) {
        int at = tier.ordinal();
        tierBytes.lazySet(at, tierBytes.get(at) + bytes);
        tierFrames.lazySet(at, tierFrames.get(at) + 1);
    }

    void tickBegan() {
        event.open();
    }

    void phase(Phase phase, long nanos) {
        lastPhaseNanos[phase.ordinal()] = nanos;
        phaseNanos[phase.ordinal()].recordValue(Math.clamp(nanos, 1, SLOWEST_NANOS));
    }

    void tickDone(
            long number, long worldHash, int alive, int connected, long startNanos, long nanos) {
        originNanos = startNanos - number * budgetNanos;
        tickNanos.recordValue(Math.clamp(nanos, 1, SLOWEST_NANOS));
        lastTickNanos = nanos;
        increment(Counter.TICKS);
        if (nanos > budgetNanos) {
            increment(Counter.TICKS_OVER_BUDGET);
        }
        hash = worldHash;
        entities = alive;
        sessions = connected;
        tick = number;
        event.close(number, budgetNanos, lastPhaseNanos, alive, connected);
    }

    void heldTicks(int ticks) {
        heldTicks = ticks;
    }

    void dilation(int permille) {
        dilationPermille = permille;
    }

    void overloadStep(OverloadStep step) {
        overloadStep = step;
    }

    void loadPermille(int permille) {
        loadPermille = permille;
    }

    private static Histogram copy(AtomicHistogram from) {
        Histogram to = new Histogram(from);
        to.add(from);
        return to;
    }
}
