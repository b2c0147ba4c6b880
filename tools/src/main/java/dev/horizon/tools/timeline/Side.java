package dev.horizon.tools.timeline;

import dev.horizon.engine.world.EntityId;
import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeIndex;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.net.replay.TickSummary;
import dev.horizon.net.replay.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One tape that is looked at. Thread-safe: one request at a time. */
final class Side implements AutoCloseable {
    /** Points of a plot: as many as a screen has pixels to show. */
    private static final int POINTS_MAX = 600;

    private final TapeSource source;
    private final TapeIndex index;
    private final Timeline timeline;

    /** Plots go through many ticks; the picture stands where it is meanwhile. */
    private final Timeline plotting;

    Side(TapeSource source) {
        this.source = source;
        index = TapeIndex.of(source.file());
        timeline = new Timeline(source);
        plotting = new Timeline(source);
    }

    TapeSource source() {
        return source;
    }

    TapeIndex index() {
        return index;
    }

    /** What the tape says of its node. */
    synchronized Rerun rerun() {
        return timeline.rerun();
    }

    /** The tick that is nearest to one on the tape. */
    long within(long tick) {
        return Math.clamp(tick, index.firstTick(), index.lastTick());
    }

    /** Places and headings of all that have one; see {@link Scene}. */
    synchronized byte[] frame(long tick) {
        return Scene.frame(timeline.seek(within(tick)));
    }

    /** What things are. */
    synchronized Map<String, Object> things(long tick) {
        return Scene.things(timeline.seek(within(tick)));
    }

    /** How a tick went. */
    synchronized TickSummary summary(long tick) {
        timeline.seek(within(tick) - 1);
        return timeline.summary();
    }

    /** An entity with all its components, which are none where it isn't. */
    synchronized Map<String, Map<String, Object>> entity(long tick, EntityId id) {
        Shown shown = Entities.one(timeline.seek(within(tick)).world(), id);
        return shown == null ? Map.of() : shown.components();
    }

    /** All entities of some components. */
    synchronized Map<Long, Shown> having(long tick, List<String> components) {
        return Entities.having(timeline.seek(within(tick)).world(), components);
    }

    /** Hashes of all components. */
    synchronized Map<String, Long> columns(long tick) {
        return timeline.seek(within(tick)).columns();
    }

    /** Every number that an entity has, over ticks. */
    Map<String, Object> plot(EntityId id, long from, long to) {
        synchronized (plotting) {
            long first = within(from);
            long last = within(to);
            long step = Math.max(1, (last - first) / POINTS_MAX);
            List<Long> ticks = new ArrayList<>();
            Map<String, Double[]> fields = new TreeMap<>();
            int points = (int) ((last - first) / step) + 1;
            for (int i = 0; i < points; i++) {
                long tick = first + i * step;
                ticks.add(tick);
                Rerun rerun = plotting.seek(tick);
                Shown shown = Entities.one(rerun.world(), id);
                if (shown != null) {
                    int at = i;
                    shown.components()
                            .forEach((component, values) ->
                                    values.forEach((field, value) -> {
                                        if (value instanceof Number number) {
                                            fields.computeIfAbsent(
                                                                    component + "." + field,
                                                                    key -> new Double[points])[at] =
                                                    number.doubleValue();
                                        }
                                    }));
                }
            }
            Map<String, Object> plot = new LinkedHashMap<>();
            plot.put("ticks", ticks);
            plot.put("fields", fields);
            return plot;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            timeline.close();
        }
        synchronized (plotting) {
            plotting.close();
        }
    }
}
