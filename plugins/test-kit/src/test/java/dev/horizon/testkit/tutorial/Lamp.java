package dev.horizon.testkit.tutorial;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * A lamp that burns oil.
 *
 * @param oil litres left
 * @param ticks that it has burnt
 */
@Component
@Replicated({Tier.CLOSE, Tier.MEDIUM})
public record Lamp(float oil, int ticks) {}
