package dev.horizon.plugins.convoys;

import dev.horizon.engine.world.Component;

/**
 * A ship that guards freighters.
 *
 * @param postings to freighters so far, wrapping
 */
@Component
public record EscortDuty(int postings) {}
