package dev.horizon.testkit.tutorial;

import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;

/** Another plugin, which uses what the lighthouse provides. */
public final class Keeper implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        Lighthouse.Lights lights = registrar.service(Lighthouse.Lights.class);
        registrar.command(
                new CommandSpec(
                        "oil",
                        "<lamp>",
                        "Litres left in a lamp.",
                        (arguments, context) ->
                                "" + lights.oil(EntityId.parse(arguments.getFirst()), context)));
    }
}
