package dev.horizon.tools.live;

import dev.horizon.net.edge.Why;
import org.jspecify.annotations.Nullable;

/**
 * Why a player's client did or didn't hold an entity near.
 *
 * @param player whose client
 * @param entity which entity
 * @param tick of the decision that held; of now where nothing was remembered
 * @param tier CLOSE, MEDIUM, or NOT_NEAR: far channels alone show it then
 * @param channel that tells of it at that tier, empty where none does
 * @param distanceMetres from where the player saw; null where nobody knows
 * @param limitMetres how far the tier reaches, MEDIUM for what isn't near; sensors counted
 * @param reason what decided
 * @param remembered false when it was worked out for now
 */
public record WhyStatus(
        String player,
        String entity,
        long tick,
        String tier,
        String channel,
        @Nullable Double distanceMetres,
        @Nullable Double limitMetres,
        String reason,
        boolean remembered) {
    static WhyStatus of(String player, String entity, Why why) {
        return new WhyStatus(
                player,
                entity,
                why.tick(),
                why.tier(),
                why.channel(),
                known(why.distanceMetres()),
                known(why.limitMetres()),
                why.reason().name(),
                why.remembered());
    }

    private static @Nullable Double known(double metres) {
        return Double.isFinite(metres) ? metres : null;
    }
}
