package dev.horizon.engine.tick;

import dev.horizon.engine.budget.CountBudget;
import dev.horizon.engine.plugin.Default;
import org.jspecify.annotations.Nullable;

/**
 * Bounds and rates of the tick loop.
 *
 * @param tickHz ticks per second, 1 to 120
 * @param inputsMax inputs that one tick takes; the rest waits
 * @param inputBytesMax bytes of inputs that one tick takes; one larger than this is dropped
 * @param heldTicksMax ticks whose effects wait for the recorder before the node pauses
 * @param heldFrameBytes room for frames that wait
 * @param heldMessageBytes room for messages to sessions that wait
 * @param heldProfileBytes room for profiles that wait
 * @param lagTicksMax ticks behind the clock before the loop gives up catching up
 * @param focusHz how often what decides what a session sees is compared with what its gateway knows
 * @param placeHz how often a gateway hears where a session's focus is, though nothing changed; 0
 *     for never: a gateway that reads places from channels needs none
 * @param resumeSeconds that a session waits for its player once its gateway is gone
 * @param checkpointSeconds between two profiles of a connected player
 * @param checkpointBytesMax bytes of profiles per tick
 * @param sessionsMax sessions at once
 * @param budget what may be counted of plugins' code; null, as tapes of earlier builds have it, for
 *     any number
 */
public record TickConfig(
        @Default("20") int tickHz,
        @Default("8192") int inputsMax,
        @Default("524288") int inputBytesMax,
        @Default("40") int heldTicksMax,
        @Default("33554432") int heldFrameBytes,
        @Default("8388608") int heldMessageBytes,
        @Default("16777216") int heldProfileBytes,
        @Default("10") int lagTicksMax,
        @Default("10") int focusHz,
        @Default("0") int placeHz,
        @Default("30") int resumeSeconds,
        @Default("30") int checkpointSeconds,
        @Default("262144") int checkpointBytesMax,
        @Default("20000") int sessionsMax,
        @Nullable CountBudget budget) {
    private static final int HZ_MAX = 120;

    /** Refuses what no loop can do. */
    public TickConfig {
        require(tickHz >= 1 && tickHz <= HZ_MAX, "tick-hz is " + tickHz + ", set 1 to " + HZ_MAX);
        require(inputsMax >= 1, "inputs-max is " + inputsMax + ", set at least 1");
        require(
                inputBytesMax >= 4096 && inputBytesMax <= 8 << 20,
                "input-bytes-max is " + inputBytesMax + ", set 4096 to 8388608");
        require(
                heldTicksMax >= 1 && heldTicksMax <= 1000,
                "held-ticks-max is " + heldTicksMax + ", set 1 to 1000");
        requirePowerOfTwo(heldFrameBytes, "held-frame-bytes");
        requirePowerOfTwo(heldMessageBytes, "held-message-bytes");
        requirePowerOfTwo(heldProfileBytes, "held-profile-bytes");
        require(lagTicksMax >= 1, "lag-ticks-max is " + lagTicksMax + ", set at least 1");
        require(focusHz >= 1, "focus-hz is " + focusHz + ", set at least 1");
        require(resumeSeconds >= 0, "resume-seconds is " + resumeSeconds + ", set at least 0");
        require(placeHz >= 0, "place-hz is " + placeHz + ", set at least 0");
        require(
                checkpointSeconds >= 1,
                "checkpoint-seconds is " + checkpointSeconds + ", set at least 1");
        require(
                checkpointBytesMax >= 1024,
                "checkpoint-bytes-max is " + checkpointBytesMax + ", set at least 1024");
        require(
                sessionsMax >= 1 && sessionsMax <= 100_000,
                "sessions-max is " + sessionsMax + ", set 1 to 100000");
    }

    /** What every key is unless it is set. */
    public static TickConfig standard() {
        return dev.horizon.engine.config.ConfigBinder.bind(
                TickConfig.class, java.util.Map.of(), "tick");
    }

    /** The same with other budgets. */
    public TickConfig with(CountBudget other) {
        return with(tickHz, other);
    }

    /** The same with another rate. */
    public TickConfig at(int hz) {
        return with(hz, budget);
    }

    private TickConfig with(int hz, @Nullable CountBudget other) {
        return new TickConfig(
                hz,
                inputsMax,
                inputBytesMax,
                heldTicksMax,
                heldFrameBytes,
                heldMessageBytes,
                heldProfileBytes,
                lagTicksMax,
                focusHz,
                placeHz,
                resumeSeconds,
                checkpointSeconds,
                checkpointBytesMax,
                sessionsMax,
                other);
    }

    /** What counts: nothing where nothing is said. */
    CountBudget counted() {
        return budget == null ? CountBudget.NONE : budget;
    }

    /**
     * The same with other room for what waits for the recorder: a replay has none to wait for, and
     * many loops in one process.
     */
    public TickConfig holding(int frameBytes, int messageBytes, int profileBytes) {
        return new TickConfig(
                tickHz,
                inputsMax,
                inputBytesMax,
                heldTicksMax,
                frameBytes,
                messageBytes,
                profileBytes,
                lagTicksMax,
                focusHz,
                placeHz,
                resumeSeconds,
                checkpointSeconds,
                checkpointBytesMax,
                sessionsMax,
                budget);
    }

    private static void requirePowerOfTwo(int bytes, String key) {
        require(
                bytes >= 4096 && Integer.bitCount(bytes) == 1 && bytes <= 1 << 28,
                key + " is " + bytes + ", set a power of two from 4096 to 268435456");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
