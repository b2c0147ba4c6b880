package dev.horizon.tools.soak.bots;

import dev.horizon.engine.world.EntityId;
import java.util.List;

/**
 * Steers and shoots: at the others of a group, or at anyone. Now and then the autopilot brings it
 * back to where the fight is, which random thrust would carry it away from.
 */
final class FightMind implements Mind {
    private static final int AXES = 6;

    /** Of a round: to the place, then the fight. */
    private static final double HOMING_SECONDS = 6;

    private static final double ROUND_SECONDS = 30;

    private static final double SPREAD_METRES = 400;

    private final Brawl brawl;
    private final int member;
    private final double rate;
    private final List<Double> at;
    private final float[] stick = new float[AXES];
    private EntityId target = EntityId.NONE;
    private boolean isHoming;

    /**
     * One who fights.
     *
     * @param member of the brawl
     * @param rate of controls, in a second
     * @param at where; empty for a place near a station, or where all are where there is no group
     */
    FightMind(Brawl brawl, int member, double rate, List<Double> at) {
        this.brawl = brawl;
        this.member = member;
        this.rate = rate;
        this.at = at;
    }

    @Override
    public long act(Bot bot) {
        brawl.join(member, bot);
        double phase = (bot.fleet().seconds() + 0.37 * member) % ROUND_SECONDS;
        if (phase < HOMING_SECONDS && hasPlace(bot)) {
            if (!isHoming) {
                isHoming = true;
                home(bot);
            }
        } else {
            isHoming = false;
            fight(bot);
        }
        return Math.round(1_000 / rate * (0.5 + bot.random.nextDouble()));
    }

    private boolean hasPlace(Bot bot) {
        return !at.isEmpty() || brawl.isGroup() && !bot.fleet().places.stations().isEmpty();
    }

    private void home(Bot bot) {
        double dx = bot.random.nextDouble(-SPREAD_METRES, SPREAD_METRES);
        double dy = bot.random.nextDouble(-SPREAD_METRES, SPREAD_METRES);
        double dz = bot.random.nextDouble(-SPREAD_METRES, SPREAD_METRES);
        if (at.isEmpty()) {
            Places.Place near = bot.fleet().places.about(brawl.number());
            bot.goTo(near.x() + dx, near.y() + dy, near.z() + dz);
        } else {
            bot.goTo(at.get(0) + dx, at.get(1) + dy, at.get(2) + dz);
        }
    }

    private void fight(Bot bot) {
        for (int i = 0; i < AXES; i++) {
            stick[i] = bot.random.nextInt(-4, 5) / 4f;
        }
        if (target.isNone() || bot.random.nextInt(20) == 0) {
            target = brawl.target(bot);
        }
        bot.fly(stick, !target.isNone() && bot.random.nextInt(4) != 0, target);
    }
}
