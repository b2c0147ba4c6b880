package dev.horizon.tools.soak.bots;

import java.util.List;

/** Flies to a rock near a station, cuts it, brings the ore to the station, and begins anew. */
final class MinerMind implements Mind {
    /** Beyond the surface of a rock, within the laser's reach. */
    private static final double STANDOFF_METRES = 300;

    /** Of the rocks that are nearest to a station. */
    private static final int ROCKS = 20;

    /** After so many trials it is on its way to another rock. */
    private static final int TRIALS_MAX = 10;

    private static final String ORDER =
            "{\"station\":\"%s\",\"side\":\"SELL\",\"commodity\":\"ORE\",\"price\":1,\"units\":10}";

    private enum Step {
        CHOOSE,
        CUT,
        DOCK,
        SELL
    }

    private final long everyMillis;
    private Step step = Step.CHOOSE;
    private Places.Place station = new Places.Place("", 0, 0, 0);
    private Places.Place rock = station;
    private int trials;

    MinerMind(long everyMillis) {
        this.everyMillis = everyMillis;
    }

    @Override
    public long act(Bot bot) {
        Places places = bot.fleet().places;
        if (places.rocks().isEmpty() || places.stations().isEmpty()) {
            return everyMillis;
        }
        switch (step) {
            case CHOOSE -> {
                choose(bot, places);
                bot.goTo(rock.x() + STANDOFF_METRES, rock.y(), rock.z());
                trials = 0;
                step = Step.CUT;
            }
            case CUT -> {
                bot.say("mining", "start", "{\"rock\":\"" + rock.id() + "\"}");
                step = ++trials >= TRIALS_MAX ? Step.CHOOSE : Step.CUT;
            }
            case DOCK -> {
                bot.say("ship", "dock", "{\"station\":\"" + station.id() + "\"}");
                trials = 0;
                step = Step.SELL;
            }
            case SELL -> {
                // Sold once docked; until then it is refused, as it is for anyone in a hurry.
                if (++trials >= TRIALS_MAX) {
                    step = Step.CHOOSE;
                }
            }
        }
        return everyMillis / 2 + bot.random.nextLong(everyMillis);
    }

    private void choose(Bot bot, Places places) {
        station = places.stations().get(bot.random.nextInt(places.stations().size()));
        List<Places.Place> rocks = places.rocks();
        rock = rocks.get(bot.random.nextInt(rocks.size()));
        for (int i = 1; i < ROCKS; i++) {
            Places.Place other = rocks.get(bot.random.nextInt(rocks.size()));
            if (other.distanceTo(station) < rock.distanceTo(station)) {
                rock = other;
            }
        }
    }

    @Override
    public void hear(Bot bot, String event, String text) {
        if (event.contains("\"event\":\"stopped\"")) {
            step = text.contains("\"FULL\"") ? Step.DOCK : Step.CHOOSE;
        } else if (event.contains("\"event\":\"docked\"") && step == Step.SELL) {
            bot.say("market", "order", ORDER.formatted(station.id()));
            bot.say("ship", "undock", "{}");
            step = Step.CHOOSE;
        } else if (event.contains("\"event\":\"destroyed\"")) {
            step = Step.CHOOSE;
        }
    }
}
