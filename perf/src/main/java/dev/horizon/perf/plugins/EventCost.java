package dev.horizon.perf.plugins;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.budget.CountBudget;
import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventBusBuilder;
import dev.horizon.engine.dispatch.LaterEvents;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.perf.Figure;
import dev.horizon.perf.Nobody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A thousand events a tick to three typed handlers each, as a plugin's handler raises them, with
 * all that a node has around them: budgets counted and measured, and handlers of several classes,
 * as every call of a node's bus has. Once the handlers are one plugin's, once three plugins'.
 */
final class EventCost {
    private static final int EVENTS = 1_000;
    private static final int WARM_UP = 3_000;
    private static final int ROUNDS = 1_001;
    private static final double GOAL_NANOS = 50;
    private static final int SUM_OF_ONE = 1 + 2 + 3;

    private long sum;

    private record Ping(int value) {}

    List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measured("of one plugin", List.of("one", "one", "one")));
        figures.addAll(measured("of three plugins", List.of("one", "two", "three")));
        return figures;
    }

    private List<Figure> measured(String whose, List<String> plugins) {
        EventBusBuilder builder = EventBus.builder();
        Ping ping = new Ping(1);
        builder.registrar("raiser")
                .on(
                        TickStarted.class,
                        (started, context) -> {
                            for (int i = 0; i < EVENTS; i++) {
                                context.emit(ping);
                            }
                        });
        // Three classes of handlers, not three objects of one: a node's are many.
        builder.registrar(plugins.get(0))
                .onPlugin(Ping.class, (event, context) -> sum += event.value());
        builder.registrar(plugins.get(1))
                .onPlugin(Ping.class, (event, context) -> sum += 2 * event.value());
        builder.registrar(plugins.get(2))
                .onPlugin(Ping.class, (event, context) -> sum += 3 * event.value());
        EventBus bus = builder.build(1);
        long much = Long.MAX_VALUE / 2;
        Ledger budgets =
                new Ledger(
                        new CountBudget(1 << 30, 1 << 30, 1 << 30, 1 << 30),
                        new CostBudget(much, much, much, much, 0, 0));
        TickState tick = new TickState(1, 1);
        try (WorldState world = WorldState.create(1, List.of())) {
            bus.attach(tick, world, new Nobody(), LaterEvents.NONE);
            bus.meter(budgets);
            for (int i = 0; i < WARM_UP; i++) {
                tick(bus, budgets);
            }
            long before = sum;
            long[] nanos = new long[ROUNDS];
            long bytes = Ledger.allocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                tick(bus, budgets);
                nanos[i] = System.nanoTime() - start;
            }
            bytes = Ledger.allocatedBytes() - bytes;
            Arrays.sort(nanos);
            long delivered = sum - before;
            if (delivered != (long) ROUNDS * EVENTS * SUM_OF_ONE) {
                throw new IllegalStateException("handlers came to " + delivered);
            }
            double perEvent = (double) nanos[ROUNDS / 2] / EVENTS;
            return List.of(
                    Figure.atMost(
                            "an event to three typed handlers " + whose + ", median",
                            perEvent,
                            "ns",
                            GOAL_NANOS),
                    Figure.atMost("allocated by it", (double) bytes / ROUNDS / EVENTS, "B", 0.01));
        }
    }

    private static void tick(EventBus bus, Ledger budgets) {
        bus.dispatch(TickStarted.INSTANCE);
        budgets.endTick(
                1,
                (name, plugin, ticks, what) -> {
                    throw new IllegalStateException(name + " took " + what);
                });
    }
}
