package dev.horizon.ecs.flight;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Quantum;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * A tank. Ships without one fly for free; with an empty one they keep a tenth of their thrust, so
 * that nobody is stranded for good.
 *
 * @param kilograms left
 * @param capacity kilograms when full
 * @param burn kilograms per second at full thrust on one axis
 */
@Component
@Replicated(value = Tier.CLOSE, cosmetic = true)
public record Fuel(@Quantum(1) float kilograms, float capacity, float burn) {}
