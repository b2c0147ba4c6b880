package dev.horizon.tools.soak.bots;

/** Takes a ship, and looks on. */
final class IdleMind implements Mind {
    private static final long LONG_MILLIS = 10_000;

    @Override
    public long act(Bot bot) {
        return LONG_MILLIS;
    }
}
