package dev.horizon.tools.live;

import dev.horizon.engine.world.EntityId;
import dev.horizon.net.edge.Why;
import java.util.concurrent.CompletableFuture;

/** Knows why clients hold what they hold: a gateway. */
@FunctionalInterface
public interface WhySource {
    /**
     * Asks; from any thread.
     *
     * @param tick {@link Long#MAX_VALUE} for now
     */
    CompletableFuture<Why> why(String player, EntityId entity, long tick);
}
