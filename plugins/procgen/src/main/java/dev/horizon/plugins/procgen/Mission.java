package dev.horizon.plugins.procgen;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;

/**
 * A mission that is offered to a player or was accepted by them. Its entity has an {@link
 * dev.horizon.plugins.economy.Account}, which holds the reward from the moment it is accepted.
 *
 * @param playerId whose
 * @param pursuit what is to be done
 * @param goal units, ships or places
 * @param done of these
 * @param reward credits
 * @param x metres, where it takes place
 * @param y metres
 * @param z metres
 * @param squadron of the pirates that it is about, or {@link EntityId#NONE}
 * @param accepted true once the player took it
 * @param expiresAt tick at which it is over
 */
@Component
public record Mission(
        @Key long playerId,
        Pursuit pursuit,
        int goal,
        int done,
        long reward,
        double x,
        double y,
        double z,
        EntityId squadron,
        boolean accepted,
        long expiresAt) {
    Mission advanced(int more) {
        return new Mission(
                playerId,
                pursuit,
                goal,
                Math.min(goal, done + more),
                reward,
                x,
                y,
                z,
                squadron,
                accepted,
                expiresAt);
    }

    Mission accepted(EntityId by, long until) {
        return new Mission(playerId, pursuit, goal, 0, reward, x, y, z, by, true, until);
    }
}
