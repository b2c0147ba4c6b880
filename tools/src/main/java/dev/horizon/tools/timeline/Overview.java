package dev.horizon.tools.timeline;

import dev.horizon.net.replay.TapeIndex;
import dev.horizon.schemas.ticklog.DilationDecoder;
import dev.horizon.schemas.ticklog.GatewayLostDecoder;
import dev.horizon.schemas.ticklog.OperatorCommandDecoder;
import dev.horizon.schemas.ticklog.OverloadStepDecoder;
import dev.horizon.schemas.ticklog.SessionClosedDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import dev.horizon.schemas.ticklog.TicksMissedDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A whole tape in as many pieces as a screen has pixels, and the ticks that one jumps to.
 *
 * @param ticksPerBucket how many ticks a piece has
 * @param slowestMillis of each piece
 * @param slowestTick of each piece
 * @param inputs of each piece
 * @param budgetMillis of a tick
 * @param slow ticks: those over the budget, else the slowest
 * @param events ticks that read more than what players do, and what
 * @param errors ticks in which something threw
 */
record Overview(
        long ticksPerBucket,
        List<Double> slowestMillis,
        List<Long> slowestTick,
        List<Integer> inputs,
        double budgetMillis,
        List<Long> slow,
        List<Mark> events,
        List<Long> errors) {
    private static final int BUCKETS_MAX = 1_200;
    private static final int SLOW_MAX = 50;
    private static final int MARKS_MAX = 2_000;
    private static final double MILLI = 1e6;
    private static final Map<Integer, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(SessionOpenedDecoder.TEMPLATE_ID, "login");
        KINDS.put(SessionClosedDecoder.TEMPLATE_ID, "logout");
        KINDS.put(OperatorCommandDecoder.TEMPLATE_ID, "command");
        KINDS.put(GatewayLostDecoder.TEMPLATE_ID, "gateway lost");
        KINDS.put(DilationDecoder.TEMPLATE_ID, "dilation");
        KINDS.put(OverloadStepDecoder.TEMPLATE_ID, "overload");
        KINDS.put(TicksMissedDecoder.TEMPLATE_ID, "ticks missed");
    }

    /**
     * A tick that read something of note.
     *
     * @param tick its number
     * @param kinds what
     */
    record Mark(long tick, List<String> kinds) {}

    static Overview of(TapeIndex index, int tickHz) {
        long perBucket = (index.size() + BUCKETS_MAX - 1) / BUCKETS_MAX;
        List<Double> slowest = new ArrayList<>();
        List<Long> slowestTick = new ArrayList<>();
        List<Integer> inputs = new ArrayList<>();
        for (long from = index.firstTick(); from <= index.lastTick(); from += perBucket) {
            long to = Math.min(index.lastTick(), from + perBucket - 1);
            long worst = from;
            int read = 0;
            for (long tick = from; tick <= to; tick++) {
                worst = index.nanos(tick) > index.nanos(worst) ? tick : worst;
                read += index.inputs(tick);
            }
            slowest.add(index.nanos(worst) / MILLI);
            slowestTick.add(worst);
            inputs.add(read);
        }
        return new Overview(
                perBucket,
                slowest,
                slowestTick,
                inputs,
                1000.0 / tickHz,
                slow(index),
                events(index),
                ticks(index)
                        .filter(tick -> index.faults(tick) > 0)
                        .limit(MARKS_MAX)
                        .boxed()
                        .toList());
    }

    private static List<Long> slow(TapeIndex index) {
        return ticks(index)
                .filter(tick -> index.nanos(tick) > 0)
                .boxed()
                .sorted(Comparator.comparingInt(tick -> -index.nanos(tick)))
                .limit(SLOW_MAX)
                .sorted()
                .toList();
    }

    private static List<Mark> events(TapeIndex index) {
        List<Mark> marks = new ArrayList<>();
        for (long tick = index.firstTick();
                tick <= index.lastTick() && marks.size() < MARKS_MAX;
                tick++) {
            List<String> kinds = new ArrayList<>();
            for (Map.Entry<Integer, String> kind : KINDS.entrySet()) {
                if (index.hasInput(tick, kind.getKey())) {
                    kinds.add(kind.getValue());
                }
            }
            if (!kinds.isEmpty()) {
                marks.add(new Mark(tick, kinds));
            }
        }
        return marks;
    }

    private static LongStream ticks(TapeIndex index) {
        return LongStream.rangeClosed(index.firstTick(), index.lastTick());
    }
}
