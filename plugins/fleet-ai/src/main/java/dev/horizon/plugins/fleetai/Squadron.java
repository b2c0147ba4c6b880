package dev.horizon.plugins.fleetai;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.engine.world.Component;

/**
 * Ships that fight together: an entity of its own, named by its ships' {@link Squadmate}. It ends
 * with its last ship.
 *
 * @param faction its side
 * @param tactic what it does now
 * @param stance of the enemy when the tactic was chosen
 * @param chance with which the tactic was drawn; 0 before the first choice
 * @param health its own when the tactic was chosen: points of hull and shield
 * @param enemyHealth the enemy's
 * @param enemyMetres between the middles of both
 * @param nextAt tick, its low 32 bits, of the next choice
 */
@Component
public record Squadron(
        Faction faction,
        Tactic tactic,
        Stance stance,
        double chance,
        float health,
        float enemyHealth,
        double enemyMetres,
        int nextAt) {
    /** Has seen no enemy yet. */
    public static Squadron fresh(Faction faction) {
        return new Squadron(faction, Tactic.NEAREST, Stance.MASSED_CLOSING, 0, 0, 0, 0, 0);
    }
}
