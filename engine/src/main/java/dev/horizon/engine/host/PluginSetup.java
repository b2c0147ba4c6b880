package dev.horizon.engine.host;

import dev.horizon.engine.budget.PluginBudget;
import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.dispatch.EventBusBuilder;
import dev.horizon.engine.dispatch.RegisteredCommand;
import dev.horizon.engine.dispatch.RegisteredTask;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.plugin.AsyncTask;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.schedule.RegisteredSystem;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Sight;
import dev.horizon.engine.world.Tether;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Gathers what the plugins of one start register. */
final class PluginSetup {
    /** In a plugin's table, for the engine. */
    private static final String BUDGET = "budget";

    private final Map<String, Map<String, Object>> configTrees;
    final EventBusBuilder events = new EventBusBuilder();
    final Set<ComponentType<?>> components = new LinkedHashSet<>();
    final List<RegisteredSystem> systems = new ArrayList<>();
    final Map<DerivedKey<?>, Supplier<?>> derived = new LinkedHashMap<>();

    final List<Sight> sights = new ArrayList<>();
    final List<Tether> tethers = new ArrayList<>();
    private final Map<Class<?>, Object> services = new LinkedHashMap<>();

    PluginSetup(Map<String, Map<String, Object>> configTrees) {
        this.configTrees = configTrees;
    }

    /** The registrar of the next plugin; closed when its setup returns. */
    ForPlugin next(String plugin) {
        return new ForPlugin(plugin, events.registrar(plugin));
    }

    /**
     * A plugin's own budget.
     *
     * @throws HorizonException HZ-CFG-… for what is none
     */
    PluginBudget budget(String plugin) {
        Object tree = configTrees.getOrDefault(plugin, Map.of()).get(BUDGET);
        Map<String, Object> keys = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> keys.put(String.valueOf(key), value));
        } else if (tree != null) {
            throw new HorizonException(
                    "HZ-CFG-002",
                    "'plugins."
                            + plugin
                            + ".budget' is '"
                            + tree
                            + "'; make it a table, as in [plugins."
                            + plugin
                            + ".budget]");
        }
        return ConfigBinder.bind(PluginBudget.class, keys, "plugins." + plugin + "." + BUDGET);
    }

    /** One plugin's view. */
    final class ForPlugin implements Registrar, AutoCloseable {
        private final String plugin;
        private final EventRegistrar eventRegistrar;
        private boolean isOpen = true;

        ForPlugin(String plugin, EventRegistrar eventRegistrar) {
            this.plugin = plugin;
            this.eventRegistrar = eventRegistrar;
        }

        @Override
        public <C extends Record> C config(Class<C> type) {
            requireOpen();
            Map<String, Object> own =
                    new LinkedHashMap<>(configTrees.getOrDefault(plugin, Map.of()));
            own.remove(BUDGET);
            return ConfigBinder.bind(type, own, "plugins." + plugin);
        }

        @Override
        public void components(ComponentType<?>... types) {
            requireOpen();
            components.addAll(List.of(types));
        }

        @Override
        public void system(SystemSpec system) {
            requireOpen();
            for (RegisteredSystem other : systems) {
                if (other.plugin().equals(plugin) && other.spec().name().equals(system.name())) {
                    throw new HorizonException(
                            "HZ-PLG-013",
                            "plugin "
                                    + plugin
                                    + " registers two systems named "
                                    + system.name()
                                    + "; rename one");
                }
            }
            systems.add(new RegisteredSystem(plugin, system));
        }

        @Override
        public <T> void derived(DerivedKey<T> key, Supplier<T> factory) {
            requireOpen();
            if (derived.putIfAbsent(key, factory) != null) {
                throw new HorizonException(
                        "HZ-PLG-014",
                        "plugin "
                                + plugin
                                + " registers the derived object "
                                + key.name()
                                + ", which another has registered; use theirs or rename it");
            }
        }

        @Override
        public void sight(Sight sight) {
            requireOpen();
            sights.add(sight);
        }

        @Override
        public void tether(Tether tether) {
            requireOpen();
            tethers.add(tether);
        }

        @Override
        public <I extends Record, O extends Record> void async(
                Class<I> input, Class<O> answer, AsyncTask<I, O> task) {
            requireOpen();
            events.async(new RegisteredTask<>(plugin, input, answer, task));
        }

        @Override
        public <E extends Record> void offer(String type, Class<E> event) {
            requireOpen();
            events.offer(plugin, type, event);
        }

        @Override
        public <S> void provide(Class<S> type, S service) {
            requireOpen();
            if (services.putIfAbsent(type, type.cast(service)) != null) {
                throw new HorizonException(
                        "HZ-PLG-019",
                        "plugin "
                                + plugin
                                + " provides "
                                + type.getName()
                                + ", which another plugin provides already; take one out");
            }
        }

        @Override
        public <S> S service(Class<S> type) {
            requireOpen();
            Object service = services.get(type);
            if (service == null) {
                throw new HorizonException(
                        "HZ-PLG-019",
                        "plugin "
                                + plugin
                                + " asks for "
                                + type.getName()
                                + ", which no plugin before it provides; name the one that does in"
                                + " its dependencies");
            }
            return type.cast(service);
        }

        @Override
        public EventRegistrar events() {
            requireOpen();
            return eventRegistrar;
        }

        @Override
        public void command(CommandSpec command) {
            requireOpen();
            events.command(new RegisteredCommand(plugin, command));
        }

        @Override
        public String plugin() {
            return plugin;
        }

        @Override
        public void close() {
            isOpen = false;
        }

        private void requireOpen() {
            if (!isOpen) {
                throw new IllegalStateException(
                        "plugin " + plugin + " uses its registrar after setup; register in setup");
            }
        }
    }
}
