package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.profiles.ProfileStoreConfig;
import java.time.Duration;

/**
 * What is kept of players.
 *
 * @param playersExpected sizes the view's file
 * @param journalMegabytesMax before the journal is rewritten
 * @param checkpoint between two profiles of a connected player
 */
@Doc("What is kept of players: name, last place, what they own.")
public record ProfileSettings(
        @Default("100000")
                @Range(min = 1_000, max = 100_000_000)
                @Doc("Players expected; ten times as many still fit.")
                int playersExpected,
        @Default("64")
                @Range(min = 1, max = 65_536)
                @Doc("Megabytes of journal that are never rewritten.")
                int journalMegabytesMax,
        @Default("30s")
                @Range(min = 1, max = 3_600)
                @Doc("Time between two saves of a connected player; whole seconds.")
                Duration checkpoint) {
    /** The same for the store. */
    public ProfileStoreConfig storeConfig() {
        return new ProfileStoreConfig(playersExpected, (long) journalMegabytesMax << 20);
    }
}
