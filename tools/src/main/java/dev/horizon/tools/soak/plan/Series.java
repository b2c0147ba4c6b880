package dev.horizon.tools.soak.plan;

/** What is read once a second. Not a number where it couldn't be. */
public enum Series {
    /** Players that the plan asks for. */
    ASKED("players"),
    /** Players that are in. */
    PLAYING("players"),
    /** Tick time of this second, median. */
    TICK_P50("ms"),
    /** Tick time of the last ten seconds. */
    TICK_P99("ms"),
    /** The same, one in a thousand. */
    TICK_P999("ms"),
    /** The longest tick of this second. */
    TICK_MAX("ms"),
    /** Ticks of this second. */
    TICKS("ticks"),
    /** Ticks beyond the budget. */
    OVER_BUDGET("ticks"),
    /** Ticks given up because the loop was too far behind. */
    SKIPPED("ticks"),
    /** Simulated time per real time. */
    DILATION("%"),
    /** How far the node goes against overload: 0 not at all, 4 dilates time. */
    OVERLOAD_STEP("step"),
    /** What ticks take of their budget on average. */
    LOAD("%"),
    /** 100 while the node says that it is well. */
    HEALTHY("%"),
    /** Ticks whose effects wait for the recorder. */
    HELD_TICKS("ticks"),
    /** Entities alive. */
    ENTITIES("entities"),
    /** Age of what players were sent when it came, median. */
    AGE_P50("ms"),
    /** The same, one in a hundred. */
    AGE_P99("ms"),
    /** The oldest. */
    AGE_MAX("ms"),
    /** Published at CLOSE. */
    SENT_CLOSE("kB/s"),
    /** Published at MEDIUM. */
    SENT_MEDIUM("kB/s"),
    /** Published at LOW. */
    SENT_LOW("kB/s"),
    /** Published at SENSOR. */
    SENT_SENSOR("kB/s"),
    /** All that players received. */
    RECEIVED("kB/s"),
    /** Times a second that a player was told of a tick, of which something was new or not. */
    TOLD("Hz"),
    /** Frames that found no room in the node's streams. */
    FRAMES_LOST("/s"),
    /** Frames that were lost on their way to a gateway. */
    GAPS("/s"),
    /** Messages that players received. */
    MESSAGES("/s"),
    /** What players said and did. */
    INPUTS("/s"),
    /** Connections lost by players who did nothing to lose them. */
    LOST("players"),
    /** Players who came back. */
    COMEBACKS("players"),
    /** What players said and was refused. */
    REFUSALS("/s"),
    /** Times that a player came to another node. */
    CROSSINGS("players"),
    /** Players who have come to another node. */
    CROSSERS("players"),
    /** The longest that a player who came to another node was told nothing of their ship. */
    CROSSING_GAP_MAX("ms"),
    /** Ships that players had and lost though nobody destroyed them. */
    SHIPS_LOST("ships"),
    /** Entities that came to another node. */
    TRANSFERS("entities"),
    /** Transfers that were reversed: the entity stays where it was. */
    TRANSFER_FAILURES("entities"),
    /** Hellos that were refused, and connections that never came. */
    LOGINS_FAILED("players"),
    /** Heap in use, garbage included. */
    HEAP("MB"),
    /** Heap after the last collection. */
    HEAP_LIVE("MB"),
    /** Memory of classes. */
    METASPACE("MB"),
    /** Memory of the node's process. */
    RESIDENT("MB"),
    /** What all of the node's threads allocate. */
    ALLOCATION("MB/s"),
    /** Time that collections held the node. */
    GC_PAUSE("ms/s"),
    /** Collections. */
    GC_COUNT("/s"),
    /** Threads of the node. */
    THREADS("threads"),
    /** Descriptors that the node has open. */
    FILES("files"),
    /** Processors that the node keeps busy. */
    NODE_CORES("cores"),
    /** Waiting for all players together. */
    QUEUED("kB"),
    /** Waiting for the player with most. */
    QUEUED_MAX("kB"),
    /** Dropped for players who were too slow. */
    FRAMES_DROPPED("frames"),
    /** Memory of a gateway's process, where it has one of its own. */
    GATEWAY_RESIDENT("MB"),
    /** Heap of that after the last collection. */
    GATEWAY_HEAP_LIVE("MB"),
    /** Processors that gateways keep busy. */
    GATEWAY_CORES("cores"),
    /** Lines in the node's log that say ERROR. */
    NODE_ERRORS("lines"),
    /** What the thread of all bots takes of one processor. */
    BOT_SHARE("%"),
    /** How late the bots' own rounds begin. */
    BOT_LAG("ms");

    private final String unit;

    Series(String unit) {
        this.unit = unit;
    }

    /** What it counts in. */
    public String unit() {
        return unit;
    }

    /** What two nodes, or gateways, come to: the sum of what is counted, else the worse. */
    public double ofTwo(double one, double other) {
        return switch (this) {
            case TICKS,
                    OVER_BUDGET,
                    SKIPPED,
                    ENTITIES,
                    SENT_CLOSE,
                    SENT_MEDIUM,
                    SENT_LOW,
                    SENT_SENSOR,
                    FRAMES_LOST,
                    FRAMES_DROPPED,
                    GAPS,
                    QUEUED,
                    NODE_CORES,
                    GATEWAY_CORES ->
                    one + other;
            case DILATION, HEALTHY -> Math.min(one, other);
            default -> Math.max(one, other);
        };
    }

    /** As it stands in the JSON. */
    public String word() {
        return SoakPlan.word(name());
    }
}
