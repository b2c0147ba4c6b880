package dev.horizon.ecs;

import dev.horizon.engine.events.ClientEventHandler;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.plugin.AsyncTask;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.schedule.RegisteredSystem;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Sight;
import dev.horizon.engine.world.Tether;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A world with some mechanisms and nothing else, stepped by hand. */
public final class MechanismWorld implements AutoCloseable {
    public static final double DT = 0.05;

    public final WorldState state;
    public final Schedule schedule;
    private final TickState tick;

    private MechanismWorld(Collected collected, long seed, int threads) {
        state = WorldState.create(1, collected.components);
        schedule = Schedule.of(state, collected.systems, collected.derived, threads);
        tick = new TickState(seed, DT);
    }

    public static MechanismWorld with(long seed, int threads, Consumer<Registrar> register) {
        Collected collected = new Collected();
        register.accept(collected);
        return new MechanismWorld(collected, seed, threads);
    }

    public static MechanismWorld standard(long seed) {
        return with(seed, 1, StandardMechanisms::register);
    }

    public long tick() {
        return tick.number();
    }

    public void step() {
        state.apply();
        tick.advance();
        schedule.run(
                tick,
                (system, number, fault) -> {
                    throw new AssertionError(system + " failed in tick " + number, fault);
                });
        state.apply();
        state.stamp(tick.number());
    }

    public void steps(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    public EntityId create(Record... components) {
        EntityId id = state.create(components);
        state.apply();
        return id;
    }

    public <R extends Record> R read(EntityId entity, Class<R> component) {
        R value = state.read(entity, component);
        if (value == null) {
            throw new AssertionError(entity + " has no " + component.getSimpleName());
        }
        return value;
    }

    @Override
    public void close() {
        schedule.close();
        state.close();
    }

    /** Nothing happens but what systems do. */
    private static final class NoEvents implements EventRegistrar {
        @Override
        public <E extends Record> void on(Class<E> event, int priority, EventHandler<E> handler) {}

        @Override
        public <E extends Record> void onClient(
                String namespace,
                String event,
                Class<E> type,
                int priority,
                ClientEventHandler<E> handler) {}

        @Override
        public <E extends Record> void onInput(
                String namespace, String event, Class<E> type, ClientEventHandler<E> handler) {}

        @Override
        public <E extends Record> void onPlugin(
                Class<E> event, int priority, EventHandler<E> handler) {}

        @Override
        public <E extends Record> void toClient(String namespace, String event, Class<E> type) {}
    }

    private static final class Collected implements Registrar {
        final Set<ComponentType<?>> components = new LinkedHashSet<>();
        final List<RegisteredSystem> systems = new ArrayList<>();
        final Map<DerivedKey<?>, Supplier<?>> derived = new LinkedHashMap<>();
        final List<Sight> sights = new ArrayList<>();

        @Override
        public <C extends Record> C config(Class<C> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void components(ComponentType<?>... types) {
            components.addAll(List.of(types));
        }

        @Override
        public void system(SystemSpec system) {
            systems.add(new RegisteredSystem(plugin(), system));
        }

        @Override
        public <T> void derived(DerivedKey<T> key, Supplier<T> factory) {
            derived.put(key, factory);
        }

        @Override
        public void sight(Sight sight) {
            sights.add(sight);
        }

        @Override
        public void tether(Tether tether) {
            // One world has no borders.
        }

        @Override
        public EventRegistrar events() {
            return new NoEvents();
        }

        @Override
        public void command(CommandSpec command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <I extends Record, O extends Record> void async(
                Class<I> input, Class<O> answer, AsyncTask<I, O> task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <E extends Record> void offer(String type, Class<E> event) {
            // One world is told nothing.
        }

        @Override
        public <S> void provide(Class<S> type, S service) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <S> S service(Class<S> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String plugin() {
            return "test";
        }
    }
}
