package dev.horizon.tools.soak.plan;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of a soak, or of a stage of it. */
public enum Measure {
    /** Median tick. */
    TICK_P50("ms", -1, t -> t.tickMillis(50)),
    /** One tick in a hundred takes longer. */
    TICK_P99("ms", -1, t -> t.tickMillis(99)),
    /** One tick in a thousand takes longer. */
    TICK_P999("ms", -1, t -> t.tickMillis(99.9)),
    /** The longest tick. */
    TICK_MAX("ms", -1, t -> t.tickMillis(100)),
    /** The 99th percentile as a part of the budget. */
    TICK_P99_OF_BUDGET("%", -1, t -> t.ofBudget(99)),
    /** The 99.9th percentile as a part of the budget. */
    TICK_P999_OF_BUDGET("%", -1, t -> t.ofBudget(99.9)),
    /** The longest tick as a part of the budget. */
    TICK_MAX_OF_BUDGET("%", -1, t -> t.ofBudget(100)),
    /** Ticks beyond the budget. */
    TICKS_OVER_BUDGET("ticks", -1, t -> t.sum(Series.OVER_BUDGET)),
    /** Ticks given up because the loop was too far behind the clock. */
    TICKS_SKIPPED("ticks", -1, t -> t.sum(Series.SKIPPED)),
    /** The slowest that simulated time ran. */
    DILATION_MIN("%", 1, t -> t.min(Series.DILATION)),
    /** The farthest that the node went against overload, 0 to 4. */
    OVERLOAD_STEP_MAX("step", -1, t -> t.max(Series.OVERLOAD_STEP)),
    /** The most that ticks took of their budget on average, over half a second. */
    LOAD_MAX("%", -1, t -> t.max(Series.LOAD)),
    /** Seconds in which the node said that it was well. */
    HEALTHY("%", 1, t -> t.mean(Series.HEALTHY)),
    /** Times that the node ended by itself. */
    NODE_ENDS("", -1, Totals::nodeEnds),
    /** Lines of the node's log that say ERROR. */
    NODE_ERRORS("lines", -1, t -> t.sum(Series.NODE_ERRORS)),
    /** The longest from a kill to a node that is well. */
    RECOVERY_MAX("s", -1, Totals::recoverySeconds),
    /** Players who were in, of those asked for. */
    PLAYING("%", 1, t -> 100 * t.sum(Series.PLAYING) / Math.max(1, t.sum(Series.ASKED))),
    /** From doing wrong to being gone: the longest of all raiders. */
    OFFENDERS_GONE_MAX("s", -1, Totals::offendersGoneSeconds),
    /** The most players who were in at once. */
    PLAYERS_MAX("players", 1, t -> t.max(Series.PLAYING)),
    /** Age of what players are told when it comes: median. */
    AGE_P50("ms", -1, t -> t.ageMillis(50)),
    /** One message in a hundred is older. */
    AGE_P99("ms", -1, t -> t.ageMillis(99)),
    /** The oldest. */
    AGE_MAX("ms", -1, t -> t.ageMillis(100)),
    /** Times a second that a player is told of a tick, of which something is new or not. */
    TOLD("Hz", 1, t -> t.mean(Series.TOLD)),
    /** Frames a second that find no room in the node's streams, since gateways read too slowly. */
    FRAMES_LOST("/s", -1, t -> t.mean(Series.FRAMES_LOST)),
    /** Frames a second that are lost on their way to a gateway. */
    GAPS("/s", -1, t -> t.mean(Series.GAPS)),
    /** Connections lost by players who did nothing to lose them. */
    DISCONNECTS("players", -1, t -> t.sum(Series.LOST)),
    /** Hellos that were refused, and connections that never came. */
    LOGINS_FAILED("players", -1, t -> t.sum(Series.LOGINS_FAILED)),
    /** One player in a hundred needs longer to come back. */
    COMEBACK_P99("s", -1, t -> t.comebackSeconds(99)),
    /** The longest that a player who came back was away. */
    COMEBACK_MAX("s", -1, t -> t.comebackSeconds(100)),
    /** Times that players came to another node. */
    CROSSINGS("times", 1, t -> t.sum(Series.CROSSINGS)),
    /** Players who came to another node at least once. */
    CROSSERS("players", 1, t -> t.max(Series.CROSSERS)),
    /**
     * From the last that a player was told by a node to their ship as the next tells it: median.
     */
    CROSSING_GAP_P50("ms", -1, t -> t.gapMillis(50)),
    /** One crossing in a hundred takes longer. */
    CROSSING_GAP_P99("ms", -1, t -> t.gapMillis(99)),
    /** The longest crossing. */
    CROSSING_GAP_MAX("ms", -1, t -> t.gapMillis(100)),
    /** Ships that players had and lost though nobody destroyed them. */
    SHIPS_LOST("ships", -1, t -> t.sum(Series.SHIPS_LOST)),
    /** Entities that came to another node. */
    TRANSFERS("", 1, t -> t.sum(Series.TRANSFERS)),
    /** Transfers that were reversed. */
    TRANSFER_FAILURES("", -1, t -> t.sum(Series.TRANSFER_FAILURES)),
    /** What players said and was refused. */
    REFUSALS("", -1, t -> t.sum(Series.REFUSALS)),
    /** What a player receives. */
    BYTES_PER_PLAYER("B/s", -1, Totals::bytesPerPlayer),
    /** What the node publishes, all tiers. */
    PUBLISHED(
            "kB/s",
            -1,
            t ->
                    t.mean(Series.SENT_CLOSE)
                            + t.mean(Series.SENT_MEDIUM)
                            + t.mean(Series.SENT_LOW)
                            + t.mean(Series.SENT_SENSOR)),
    /** What all players said and did. */
    INPUTS("/s", 1, t -> t.mean(Series.INPUTS)),
    /** The most that waited for one player. */
    QUEUED_MAX("kB", -1, t -> t.max(Series.QUEUED_MAX)),
    /** Frames dropped for players who were too slow. */
    FRAMES_DROPPED("frames", -1, t -> t.counted(Series.FRAMES_DROPPED)),
    /** The most ticks whose effects waited for the recorder. */
    HELD_TICKS_MAX("ticks", -1, t -> t.max(Series.HELD_TICKS)),
    /** The most heap in use, garbage included. */
    HEAP_MAX("MB", -1, t -> t.max(Series.HEAP)),
    /** The most heap after a collection. */
    HEAP_LIVE_MAX("MB", -1, t -> t.max(Series.HEAP_LIVE)),
    /** By how much the heap after collections grows: a straight line, for soaks of many minutes. */
    HEAP_GROWTH("MB/h", -1, Totals::heapGrowth),
    /** The most memory of classes. */
    METASPACE_MAX("MB", -1, t -> t.max(Series.METASPACE)),
    /** The most memory of the process. */
    RESIDENT_MAX("MB", -1, t -> t.max(Series.RESIDENT)),
    /** What the node allocates. */
    ALLOCATION("MB/s", -1, t -> t.mean(Series.ALLOCATION)),
    /** Time that collections hold the node. */
    GC_PAUSE("ms/s", -1, t -> t.mean(Series.GC_PAUSE)),
    /** The most threads. */
    THREADS_MAX("threads", -1, t -> t.max(Series.THREADS)),
    /** The most open descriptors. */
    FILES_MAX("files", -1, t -> t.max(Series.FILES)),
    /** Processors that the node keeps busy. */
    NODE_CORES("cores", -1, t -> t.mean(Series.NODE_CORES)),
    /** The most memory of a gateway's process. */
    GATEWAY_RESIDENT_MAX("MB", -1, t -> t.max(Series.GATEWAY_RESIDENT)),
    /** The most heap of a gateway after a collection. */
    GATEWAY_HEAP_LIVE_MAX("MB", -1, t -> t.max(Series.GATEWAY_HEAP_LIVE)),
    /** Processors that gateways keep busy. */
    GATEWAY_CORES("cores", -1, t -> t.mean(Series.GATEWAY_CORES)),
    /** What the thread of the bots takes of one processor. */
    BOT_SHARE("%", -1, t -> t.mean(Series.BOT_SHARE)),
    /** How late the bots' rounds begin: the worst second's 99th percentile. */
    BOT_LAG("ms", -1, t -> t.max(Series.BOT_LAG));

    private final String unit;
    private final int better;
    private final ToDoubleFunction<Totals> value;

    Measure(String unit, int better, ToDoubleFunction<Totals> value) {
        this.unit = unit;
        this.better = better;
        this.value = value;
    }

    /** What it counts in. */
    public String unit() {
        return unit;
    }

    /** 1 where more is better, -1 where less is. */
    public int better() {
        return better;
    }

    /** Not a number where nobody could measure it. */
    public double of(Totals totals) {
        return value.applyAsDouble(totals);
    }

    /** True for what only gateways in processes of their own tell. */
    boolean isOfGateways() {
        return switch (this) {
            case GATEWAY_RESIDENT_MAX, GATEWAY_HEAP_LIVE_MAX, GATEWAY_CORES -> true;
            default -> false;
        };
    }

    /** As it is typed. */
    public String word() {
        return SoakPlan.word(name());
    }

    /** The figure of a name, or null. */
    public static @Nullable Measure named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
