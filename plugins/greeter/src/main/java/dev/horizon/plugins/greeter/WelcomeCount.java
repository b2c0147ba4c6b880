package dev.horizon.plugins.greeter;

import dev.horizon.engine.world.Component;

/**
 * How many players were welcomed so far; on the world's one entity that holds it.
 *
 * @param players welcomed
 */
@Component
public record WelcomeCount(int players) {}
