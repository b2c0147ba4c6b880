package dev.horizon.engine.host;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.RegisteredCommand;
import dev.horizon.engine.schedule.RegisteredSystem;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Sight;
import dev.horizon.engine.world.Tether;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all plugins together registered. Dropping it, and all that was made of it, unloads them.
 *
 * @param plugins in order of dependency
 * @param rejected left out, each with its reason
 * @param components in order of registration, each once
 * @param systems in order of plugin and registration
 * @param derived factories of derived objects
 * @param sights how far entities see
 * @param tethers what entities stay with
 * @param events the bus with every handler and command
 */
public record LoadedPlugins(
        List<LoadedPlugin> plugins,
        List<RejectedPlugin> rejected,
        List<ComponentType<?>> components,
        List<RegisteredSystem> systems,
        Map<DerivedKey<?>, Supplier<?>> derived,
        List<Sight> sights,
        List<Tether> tethers,
        EventBus events) {
    /** The commands, in order of plugin and registration. */
    public List<RegisteredCommand> commands() {
        return events.commands();
    }
}
