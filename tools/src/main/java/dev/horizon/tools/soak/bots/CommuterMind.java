package dev.horizon.tools.soak.bots;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flies to and fro over the border between two nodes, in a lane of its own. */
final class CommuterMind implements Mind {
    /** From the border to either end of the way; what is 100 m beyond goes to the other node. */
    private static final double REACH_METRES = 1_500;

    private static final double APART_METRES = 250;
    private static final int LANES = 8;

    private final int ordinal;
    private final long everyMillis;
    private final List<Double> at;
    private boolean isBeyond;

    /**
     * One who commutes.
     *
     * @param ordinal of all of its kind
     * @param everyMillis it turns about
     * @param at near where; empty for where a station is near a border
     */
    CommuterMind(int ordinal, long everyMillis, List<Double> at) {
        this.ordinal = ordinal;
        this.everyMillis = everyMillis;
        this.at = at;
        this.isBeyond = ordinal % 2 == 0;
    }

    @Override
    public long act(Bot bot) {
        Places.@Nullable Place over = bot.fleet().border(at);
        if (over != null) {
            isBeyond = !isBeyond;
            bot.goTo(
                    over.x() + (isBeyond ? REACH_METRES : -REACH_METRES),
                    over.y() + APART_METRES * (ordinal % LANES - LANES / 2),
                    over.z() + APART_METRES * (ordinal / LANES % LANES - LANES / 2));
        }
        return everyMillis + bot.random.nextLong(everyMillis / 4 + 1);
    }
}
