package dev.horizon.engine.overload;

import dev.horizon.engine.events.OverloadStep;
import java.util.concurrent.TimeUnit;

/**
 * Decides, by what ticks took, how far a node goes against overload. Ticks are judged by windows of
 * half a second: two in a row in which they took too much on average are a step up, three in which
 * they took little a step down. On the last step simulated time runs as fast as the ticks allow.
 *
 * <p>A step that was taken back too early, so that it had to be taken again, makes the next way
 * down begin later, up to {@link #DESCENT_WINDOWS_MAX}: a load between two steps doesn't make the
 * node climb up and down all day.
 *
 * <p>It knows no clock, only what it is told; one thread's.
 */
public final class OverloadLadder {
    private static final int NORMAL_PERMILLE = 1_000;
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A window of slow ticks needs some, so that one that met a collection doesn't decide. */
    private static final int WINDOW_TICKS_MIN = 3;

    private static final int RAISE_WINDOWS = 2;
    private static final int LOWER_WINDOWS = 3;
    private static final int DESCENT_WINDOWS_MAX = 16;

    /** A step up within so many windows of a step down: it was taken back too early. */
    private static final int EARLY_WINDOWS = 20;

    /** Rates are multiples of it, so that they rarely change. */
    private static final int RATE_STEP = 50;

    /** Time isn't made faster for less. */
    private static final int RATE_RISE_MIN = 100;

    /** While time is dilated, it is. */
    private static final int DILATED_MAX = 900;

    private final OverloadConfig config;
    private final long budgetNanos;
    private OverloadStep step = OverloadStep.NORMAL;
    private int ratePermille = NORMAL_PERMILLE;
    private int loadPermille;
    private boolean hasBegun;
    private long begunNanos;
    private long windowNanos;
    private long sumNanos;
    private int ticks;
    private int hot;
    private int calm;
    private int eased;

    /** The slowest of the rates that the windows of {@link #eased} would have allowed. */
    private int easedPermille;

    private int descentWindows = LOWER_WINDOWS;
    private int windowsSinceChange;
    private boolean wasLowered;

    /**
     * Begins at the normal step.
     *
     * @param budgetNanos that a tick may take at the undilated rate
     */
    public OverloadLadder(OverloadConfig config, long budgetNanos) {
        this.config = config;
        this.budgetNanos = budgetNanos;
    }

    /** What is to be done. */
    public OverloadStep step() {
        return step;
    }

    /** How fast simulated time is to run, in 1/1000 of real time. */
    public int ratePermille() {
        return ratePermille;
    }

    /** What ticks took of their undilated budget in the last window, in 1/1000. */
    public int loadPermille() {
        return loadPermille;
    }

    /**
     * A tick is done.
     *
     * @param nowNanos at its end
     * @param tickNanos that it took
     */
    public void tickDone(long nowNanos, long tickNanos) {
        if (!hasBegun) {
            hasBegun = true;
            begunNanos = nowNanos;
            windowNanos = nowNanos;
            return;
        }
        sumNanos += tickNanos;
        ticks++;
        if (ticks < WINDOW_TICKS_MIN || nowNanos - windowNanos < WINDOW_NANOS) {
            return;
        }
        loadPermille = (int) Math.min(Short.MAX_VALUE, 1_000 * sumNanos / (ticks * budgetNanos));
        windowNanos = nowNanos;
        sumNanos = 0;
        ticks = 0;
        if (config.isEnabled()
                && nowNanos - begunNanos >= TimeUnit.SECONDS.toNanos(config.warmUpSeconds())) {
            judge();
        }
    }

    private void judge() {
        windowsSinceChange++;
        hot = loadPermille > config.raisePermille() ? hot + 1 : 0;
        calm = loadPermille < config.lowerPermille() ? calm + 1 : 0;
        if (step == OverloadStep.TIME_DILATED) {
            slow();
        } else if (hot >= RAISE_WINDOWS) {
            raise();
        }
        if (step != OverloadStep.NORMAL && calm >= (wasLowered ? LOWER_WINDOWS : descentWindows)) {
            moveTo(OverloadStep.of(step.ordinal() - 1));
            wasLowered = true;
        }
    }

    private void raise() {
        if (wasLowered) {
            descentWindows =
                    windowsSinceChange <= EARLY_WINDOWS
                            ? Math.min(DESCENT_WINDOWS_MAX, 2 * descentWindows)
                            : LOWER_WINDOWS;
        }
        moveTo(OverloadStep.of(step.ordinal() + 1));
        wasLowered = false;
        if (step == OverloadStep.TIME_DILATED) {
            ratePermille = fitting();
        }
    }

    private void moveTo(OverloadStep next) {
        step = next;
        ratePermille = NORMAL_PERMILLE;
        hot = 0;
        calm = 0;
        eased = 0;
        windowsSinceChange = 0;
    }

    /** Slower at once; faster where it has been worth it for a while, and as far as all of it. */
    private void slow() {
        int fitting = fitting();
        if (fitting < ratePermille) {
            ratePermille = fitting;
        }
        boolean isEasier = fitting >= ratePermille + RATE_RISE_MIN;
        easedPermille = eased == 0 ? fitting : Math.min(easedPermille, fitting);
        eased = isEasier ? eased + 1 : 0;
        if (eased >= LOWER_WINDOWS) {
            ratePermille = easedPermille;
            eased = 0;
        }
    }

    /** The rate at which ticks take what is between the two bounds. */
    private int fitting() {
        int wanted = (config.raisePermille() + config.lowerPermille()) / 2;
        int permille = NORMAL_PERMILLE * wanted / Math.max(1, loadPermille);
        return Math.clamp(
                permille / RATE_STEP * RATE_STEP,
                config.slowestPermille(),
                Math.max(config.slowestPermille(), DILATED_MAX));
    }
}
