package dev.horizon.tools.soak.bots;

/** A player on the move: the network stalls now and then, and every third time it is gone. */
final class MobileMind implements Mind {
    private static final int CUTS_ONE_IN = 3;

    private final long everyMillis;
    private final long stallMillis;
    private boolean isReady;

    MobileMind(long everyMillis, long stallMillis) {
        this.everyMillis = everyMillis;
        this.stallMillis = stallMillis;
    }

    @Override
    public long act(Bot bot) {
        if (!isReady) {
            isReady = true;
        } else if (bot.random.nextInt(CUTS_ONE_IN) == 0) {
            bot.cut();
        } else {
            bot.stall(1 + bot.random.nextLong(stallMillis));
        }
        return everyMillis / 2 + bot.random.nextLong(everyMillis);
    }
}
