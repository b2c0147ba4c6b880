package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Composition;

/**
 * Declares that units came into the world or left it: made, used up, blown up, brought by a player
 * from their profile or taken there. An entity from the tick in which it happened to the next, when
 * the audit books it. Whoever changes the sum of all units without leaving one breaks the
 * invariant.
 *
 * @param commodity which
 * @param units more than 0 for those that came, less for those that left
 */
@Component
public record GoodsFlow(Commodity commodity, int units) {
    private static final Composition FLOW = Composition.of(GoodsFlowColumn.TYPE);

    /**
     * Leaves one from a system, whose access must spawn {@code GoodsFlowColumn.TYPE}.
     *
     * @param commodity ordinal of the commodity
     * @param units as in the component; 0 leaves none
     */
    public static void leave(Commands commands, int commodity, int units) {
        if (units == 0) {
            return;
        }
        int row = commands.spawn(FLOW);
        GoodsFlowColumn flow = commands.column(FLOW, GoodsFlowColumn.TYPE);
        flow.commodity[row] = (byte) commodity;
        flow.units[row] = units;
    }
}
