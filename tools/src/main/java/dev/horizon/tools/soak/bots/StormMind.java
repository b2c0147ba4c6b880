package dev.horizon.tools.soak.bots;

/** Cuts its connection at the same moment as all others of its kind, and comes back. */
final class StormMind implements Mind {
    private final long everyMillis;
    private long cut = -1;

    StormMind(long everyMillis) {
        this.everyMillis = everyMillis;
    }

    @Override
    public long act(Bot bot) {
        long now = (long) (1_000 * bot.fleet().seconds());
        long turn = now / everyMillis;
        if (cut < 0) {
            cut = turn;
        } else if (turn > cut) {
            cut = turn;
            bot.cut();
        }
        return (turn + 1) * everyMillis - now;
    }

    @Override
    public boolean needsShip() {
        return false;
    }
}
