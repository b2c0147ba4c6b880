package dev.horizon.ecs.docking;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * A ship's dealings with stations. While docked it rides in the station ({@link
 * dev.horizon.engine.world.Parent}).
 *
 * @param request what it asks for
 * @param station which one; the one it is docked at, while it is
 * @param bay number of its bay while docked, else -1
 * @param dockedAt tick, its low 32 bits, at which it came in
 */
@Component
@Replicated(Tier.CLOSE)
public record Docking(DockRequest request, EntityId station, byte bay, int dockedAt) {
    /** In free flight, asking for nothing. */
    public static final Docking FREE = new Docking(DockRequest.NONE, EntityId.NONE, (byte) -1, 0);
}
