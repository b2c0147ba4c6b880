package dev.horizon.engine.events;

import dev.horizon.engine.world.Region;

/**
 * Core event {@code region_started}: the node begins to tick a region, for the first time.
 *
 * @param region which
 */
public record RegionStarted(Region region) {}
