package dev.horizon.tools.soak.bots;

import java.util.List;

/** Flies to a gate, and goes through it again and again: gates are at one place at both ends. */
final class JumperMind implements Mind {
    /** Within reach of the gate, out of its way. */
    private static final double BESIDE_METRES = 3_000;

    private static final double APART_METRES = 200;

    private final int ordinal;
    private final long everyMillis;
    private boolean isOnItsWay;

    /**
     * One who jumps.
     *
     * @param ordinal of all of its kind
     * @param everyMillis it asks to jump; refused until the gate is near
     */
    JumperMind(int ordinal, long everyMillis) {
        this.ordinal = ordinal;
        this.everyMillis = everyMillis;
    }

    @Override
    public long act(Bot bot) {
        List<Places.Place> gates = bot.fleet().places.gates();
        if (!gates.isEmpty() && !isOnItsWay) {
            isOnItsWay = true;
            Places.Place gate = gates.get(ordinal % gates.size());
            bot.goTo(
                    gate.x() + BESIDE_METRES,
                    gate.y() + APART_METRES * (ordinal % 8),
                    gate.z() + APART_METRES * (ordinal / 8 % 8));
        } else {
            bot.say("ship", "jump", "{}");
        }
        return everyMillis / 2 + bot.random.nextLong(everyMillis);
    }

    @Override
    public void hear(Bot bot, String event, String text) {
        if (event.contains("\"event\":\"destroyed\"")) {
            isOnItsWay = false;
        }
    }
}
