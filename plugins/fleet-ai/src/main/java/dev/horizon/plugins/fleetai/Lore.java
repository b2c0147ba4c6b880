package dev.horizon.plugins.fleetai;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * What all squadrons have learnt; one entity. Learning is the adversarial bandit EXP3.S, one for
 * each {@link Stance} of the enemy (Auer, Cesa-Bianchi, Freund, Schapire: "The Nonstochastic
 * Multiarmed Bandit Problem", SIAM Journal on Computing 32(1), 2002, figure 8): a tactic is drawn
 * with chance {@code p = (1 - gamma) w / sum(w) + gamma / K}; after a few seconds its reward r in 0
 * to 1 is what it did to the enemy against what it suffered; then {@code w = w exp(eta (r - 1/2) /
 * p) + e alpha sum(w) / K} for the tactic drawn, with the second term alone for the others. The
 * second term keeps every tactic within reach, so that an enemy who changes is followed. Unlike in
 * the paper, where eta is {@code gamma / K} and the reward isn't centred, few lessons suffice:
 * battles are short.
 *
 * @param weights of tactics, by stance; 0 before the first battle
 * @param lessons that were learnt
 * @param battles that ended
 * @param won of these
 */
@Component
public record Lore(
        @Length(Stance.COUNT * Tactic.COUNT) double[] weights,
        long lessons,
        long battles,
        long won) {
    /** Knows nothing. */
    public static Lore blank() {
        return new Lore(new double[Stance.COUNT * Tactic.COUNT], 0, 0, 0);
    }
}
