package dev.horizon.plugins.procgen;

import dev.horizon.engine.world.EntityId;
import java.util.List;

/** What players send and are sent about missions, namespace {@code procgen}. */
public final class ProcgenEvents {
    private ProcgenEvents() {}

    /**
     * From a player, {@code accept}: takes an offer; one mission at a time.
     *
     * @param mission offered to them
     */
    public record Accept(EntityId mission) {}

    /** From a player, {@code drop}: gives the accepted mission up. */
    public record Drop() {}

    /**
     * To a player, {@code offers}: what they may take, and what they took. At login for those who
     * fly, with each round, and whenever it changes.
     *
     * @param offers all of them
     */
    public record Offers(List<Offer> offers) {}

    /**
     * One mission.
     *
     * @param mission for {@code accept}
     * @param pursuit what is to be done
     * @param goal units, ships or places
     * @param done of these
     * @param reward credits
     * @param x metres, where it takes place
     * @param y metres
     * @param z metres
     * @param accepted true for the one that they took
     */
    public record Offer(
            EntityId mission,
            Pursuit pursuit,
            int goal,
            int done,
            long reward,
            double x,
            double y,
            double z,
            boolean accepted) {}

    /**
     * To a player, {@code done}: a mission is over.
     *
     * @param pursuit what was to be done
     * @param reward credits paid, 0 for a mission that failed
     */
    public record Done(Pursuit pursuit, long reward) {}
}
