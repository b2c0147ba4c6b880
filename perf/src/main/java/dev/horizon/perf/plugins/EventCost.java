package dev.horizon.perf.plugins;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventBusBuilder;
import dev.horizon.engine.dispatch.LaterEvents;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.perf.Figure;
import dev.horizon.perf.Nobody;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/** One event after another to three typed handlers, as a plugin's handler raises them. */
final class EventCost {
    private static final int EVENTS = 1_000;
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 1_001;
    private static final double GOAL_NANOS = 50;
    private static final int HANDLERS = 3;

    private long sum;

    private record Ping(int value) {}

    List<Figure> run() {
        EventBusBuilder builder = EventBus.builder();
        EventRegistrar events = builder.registrar("bench");
        Ping ping = new Ping(1);
        events.on(
                TickStarted.class,
                (started, context) -> {
                    for (int i = 0; i < EVENTS; i++) {
                        context.emit(ping);
                    }
                });
        for (int i = 0; i < HANDLERS; i++) {
            events.onPlugin(Ping.class, (event, context) -> sum += event.value());
        }
        EventBus bus = builder.build(1);
        try (WorldState world = WorldState.create(1, List.of())) {
            bus.attach(new TickState(1, 1), world, new Nobody(), LaterEvents.NONE);
            for (int i = 0; i < WARM_UP; i++) {
                bus.dispatch(TickStarted.INSTANCE);
            }
            long before = sum;
            long[] nanos = new long[ROUNDS];
            long bytes = allocated();
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                bus.dispatch(TickStarted.INSTANCE);
                nanos[i] = System.nanoTime() - start;
            }
            bytes = allocated() - bytes;
            Arrays.sort(nanos);
            long delivered = sum - before;
            if (delivered != (long) ROUNDS * EVENTS * HANDLERS) {
                throw new IllegalStateException(delivered + " events were delivered");
            }
            double perEvent = (double) nanos[ROUNDS / 2] / EVENTS;
            return List.of(
                    Figure.atMost(
                            "an event to three typed handlers, median", perEvent, "ns", GOAL_NANOS),
                    Figure.atMost("allocated by it", (double) bytes / ROUNDS / EVENTS, "B", 0.01));
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
