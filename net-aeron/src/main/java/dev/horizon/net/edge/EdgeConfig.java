package dev.horizon.net.edge;

import dev.horizon.engine.plugin.Default;

/**
 * How much of the world each client holds near.
 *
 * @param interestTicks ticks between two times that a client's near set is worked out anew
 * @param closeMax entities that a client holds at CLOSE
 * @param closeMin how far that goes down for a client whose bytes don't suffice
 * @param mediumMax entities that a client holds at MEDIUM
 * @param bytesPerSecond of binary messages to one client, 0 for any number; a burst of one second
 *     is free
 * @param whyHistory decisions that are remembered of each client
 */
public record EdgeConfig(
        @Default("5") int interestTicks,
        @Default("32") int closeMax,
        @Default("20") int closeMin,
        @Default("1024") int mediumMax,
        @Default("65536") int bytesPerSecond,
        @Default("32") int whyHistory) {
    /** Refuses what can't work. */
    public EdgeConfig {
        require(interestTicks >= 1 && interestTicks <= 1_000, "interest-ticks", interestTicks);
        require(closeMax >= 0 && closeMax <= 1_024, "close-max", closeMax);
        require(closeMin >= 0 && closeMin <= closeMax, "close-min", closeMin);
        require(mediumMax >= 0 && mediumMax <= 16_384, "medium-max", mediumMax);
        require(
                bytesPerSecond == 0 || bytesPerSecond >= 1_024,
                "session-bytes-per-second",
                bytesPerSecond);
        require(whyHistory >= 0 && whyHistory <= 65_536, "why-history", whyHistory);
    }

    /** What holds where nothing is configured. */
    public static EdgeConfig standard() {
        return new EdgeConfig(5, 32, 20, 1_024, 65_536, 32);
    }

    private static void require(boolean holds, String name, int value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", out of range; see docs/configuration.md");
        }
    }
}
