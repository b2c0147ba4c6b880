package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.events.Services;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.World;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one context of a bus, handed to every handler; refuses use outside a handler's call. */
final class DispatchContext implements EventContext {
    private final Tick tick;
    private final World world;
    private final Players players;
    private final PluginEventQueue queue;
    private final LaterEvents later;
    private final Supplier<Routes> routes;
    private final Guard guard;

    private @Nullable EventLane lane;
    private int depth;
    private boolean isCancelled;
    private @Nullable Refusal refusal;
    private @Nullable Services services;

    DispatchContext(
            Tick tick,
            World world,
            Players players,
            PluginEventQueue queue,
            LaterEvents later,
            Supplier<Routes> routes,
            Guard guard) {
        this.tick = tick;
        this.world = world;
        this.players = players;
        this.queue = queue;
        this.later = later;
        this.routes = routes;
        this.guard = guard;
    }

    /** Starts on an event; lane is null for a command. */
    void enter(@Nullable EventLane next, int emitDepth) {
        lane = next;
        depth = emitDepth;
        isCancelled = false;
        refusal = null;
    }

    boolean isStopped() {
        return isCancelled || refusal != null;
    }

    boolean isCancelled() {
        return isCancelled;
    }

    @Nullable Refusal refusal() {
        return refusal;
    }

    @Override
    public Tick tick() {
        return tick;
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public Players players() {
        return players;
    }

    @Override
    public void emit(Record event) {
        guard.ledger().event();
        queue.add(event, depth + 1);
    }

    @Override
    public void after(long ticks, Record event) {
        if (ticks < 1) {
            throw new IllegalArgumentException("after " + ticks + " ticks; at least 1 is needed");
        }
        later.after(ticks, event);
    }

    @Override
    public void async(Record input) {
        RegisteredTask<?, ?> task = routes.get().task(input.getClass().getName());
        if (task == null) {
            throw new IllegalArgumentException(
                    "no slow work takes a "
                            + input.getClass().getName()
                            + "; call Registrar.async in setup");
        }
        later.start(task, input);
    }

    @Override
    public Services services() {
        Services known = services;
        if (known == null) {
            known = new ServiceCalls(this, later.services(), guard);
            services = known;
        }
        return known;
    }

    @Override
    public void cancel() {
        EventLane current = lane;
        if (current == null || !current.cancellable) {
            throw new UnsupportedOperationException(
                    (current == null ? "a command" : current.name)
                            + " can't be cancelled; mark its record @Cancellable");
        }
        isCancelled = true;
    }

    @Override
    public void refuse(String code, String reason) {
        EventLane current = lane;
        if (current == null || !current.refusable) {
            throw new UnsupportedOperationException(
                    (current == null ? "a command" : current.name)
                            + " asks nothing that could be refused; client events do, and records marked @Refusable");
        }
        refusal = new Refusal(code, reason);
    }
}
