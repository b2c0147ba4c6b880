package dev.horizon.plugins.convoys;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * A freighter of the company.
 *
 * @param phase what it is doing
 * @param destination station to which it flies, or where it is
 * @param cargo what it bought last
 * @param trips that it made with goods aboard, wrapping
 * @param escorts that fly with it
 */
@Component
public record Hauler(Phase phase, EntityId destination, Commodity cargo, int trips, int escorts) {
    /** What a freighter is doing. The ordinals are stored. */
    public enum Phase {
        /** Under way to its destination, or into one of its bays. */
        TRAVEL,
        /** In the bay: sells what it carries. */
        SELL,
        /** In the bay: looks for the best trade, and buys. */
        BUY,
        /** In the bay: wants out. */
        LEAVE
    }
}
