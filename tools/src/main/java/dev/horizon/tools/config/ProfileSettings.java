package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import java.time.Duration;

/**
 * What is kept of players.
 *
 * @param entriesMax players that the off-heap view is laid out for
 * @param saveInterval between two saves of a connected player
 */
@Doc("What is kept of players: name, last place, what they own.")
public record ProfileSettings(
        @Default("100000")
                @Range(min = 1_000, max = 100_000_000)
                @Doc("Players that the view is laid out for.")
                int entriesMax,
        @Default("60s")
                @Range(min = 1, max = 3_600)
                @Doc("Time between two saves of a connected player.")
                Duration saveInterval) {}
