package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * On what is about to leave for another node: what goods and money go along, in it, in what rides
 * in it, and with players aboard. The other node's books take it from here.
 *
 * @param units by ordinal of their commodity
 * @param credits in accounts
 */
@Component
record Manifest(@Length(Commodity.COUNT) int[] units, long credits) {}
