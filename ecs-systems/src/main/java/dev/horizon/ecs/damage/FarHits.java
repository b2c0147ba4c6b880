package dev.horizon.ecs.damage;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Ghost;
import dev.horizon.engine.world.World;

/**
 * Brings hits on ghosts to the nodes that have what was hit, each once, and takes those of others.
 * Tick thread, outside systems.
 */
final class FarHits {
    /** A target crosses one border while a hit is on its way, or two; more are lost. */
    private static final int HOPS_MAX = 3;

    private FarHits() {}

    /** Sends what systems left. Where the node is gone, or too much waits for it, it is lost. */
    static void send(EntityId hit, EventContext context) {
        World world = context.world();
        FarHit far = world.read(hit, FarHit.class);
        if (far != null && far.node() != 0) {
            context.services().reaches(Damage.SERVICE, far.node(), far);
            world.destroy(hit);
        }
    }

    /** Takes a hit: for the next tick's damage, or for who has the target by now. */
    static void take(FarHit far, EventContext context) {
        World world = context.world();
        if (world.exists(far.target())) {
            world.create(new FarHit(far.target(), far.source(), far.damage(), 0, far.hops()));
            return;
        }
        Ghost ghost = world.readGhost(far.target(), Ghost.class);
        int hops = far.hops() + 1;
        if (ghost != null && hops <= HOPS_MAX) {
            FarHit on = new FarHit(far.target(), far.source(), far.damage(), ghost.node(), hops);
            context.services().reaches(Damage.SERVICE, ghost.node(), on);
        }
    }
}
