package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;

/**
 * Numbers orders; one entity.
 *
 * @param nextSequence of the next order
 */
@Component
public record Clerk(long nextSequence) {}
