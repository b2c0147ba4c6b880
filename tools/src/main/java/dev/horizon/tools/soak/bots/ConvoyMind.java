package dev.horizon.tools.soak.bots;

import java.util.List;
import java.util.SplittableRandom;

/** Flies with its group from station to station: all of a group know where the next leg ends. */
final class ConvoyMind implements Mind {
    private static final double APART_METRES = 250;
    private static final int JITTER_MILLIS = 1_000;

    private final int group;
    private final int member;
    private final long everyMillis;

    ConvoyMind(int group, int member, long everyMillis) {
        this.group = group;
        this.member = member;
        this.everyMillis = everyMillis;
    }

    @Override
    public long act(Bot bot) {
        long now = (long) (1_000 * bot.fleet().seconds());
        long leg = now / everyMillis;
        List<Places.Place> stations = bot.fleet().places.stations();
        if (!stations.isEmpty()) {
            SplittableRandom way =
                    new SplittableRandom(bot.fleet().seed() ^ 31L * group ^ leg << 20);
            // Its own place there, for other groups end there too.
            int station = way.nextInt(stations.size());
            Places.Place to = bot.fleet().places.about(group * stations.size() + station);
            bot.goTo(
                    to.x(),
                    to.y() + APART_METRES * (member % 4),
                    to.z() + APART_METRES * (member / 4));
        }
        return (leg + 1) * everyMillis - now + bot.random.nextInt(JITTER_MILLIS);
    }
}
