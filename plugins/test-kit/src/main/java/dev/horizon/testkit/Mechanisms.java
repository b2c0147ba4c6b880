package dev.horizon.testkit;

import dev.horizon.ecs.StandardMechanisms;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;

/** The standard mechanisms as a plugin of their own: for tests of rules without a star system. */
public final class Mechanisms implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        StandardMechanisms.register(registrar);
    }
}
