package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The process and its tick.
 *
 * @param name of the node, in ownership and logs
 * @param starSystem the place that the node runs
 * @param tickHz ticks per second of simulated time
 * @param threads of one tick; the result is the same at any number
 * @param seed of the world's generation and randomness
 * @param dataDir tapes, journal, keys
 * @param bind address to listen on
 * @param port of players and pages; 0 takes a free one
 * @param profile development makes keys and tickets by itself, production refuses to
 * @param pluginDir the folder of plugin jars; empty for those that come with Horizon
 * @param hangLimit how long a plugin's code may hold a tick
 * @param trialTicks last ticks that a plugin is tried on before it is loaded
 * @param regions owned by this node; empty for one that is the whole star system
 */
@Doc("The process and its tick.")
public record NodeSettings(
        @Default("node") @Doc("Name of the node, in ownership and logs.") String name,
        @Default("sol") @Doc("Name of the star system that the node runs.") String starSystem,
        @Default("20") @Range(min = 1, max = 120) @Doc("Ticks per second.") int tickHz,
        @Default("1")
                @Range(min = 1, max = 64)
                @Doc("Threads of one tick; the result is the same at any number.")
                int threads,
        @Default("1") @Doc("Seed of the world's generation and randomness.") long seed,
        @Default(".horizon") @Doc("Folder of tapes, journal and keys.") Path dataDir,
        @Default("127.0.0.1") @Doc("Address to listen on.") String bind,
        @Default("8420")
                @Range(min = 0, max = 65535)
                @Doc("Port of players and pages; 0 takes a free one.")
                int port,
        @Default("development")
                @Doc("development makes keys and tickets by itself; production refuses to.")
                Profile profile,
        @Default("") @Doc("Folder of plugin jars; empty for those that come with Horizon.")
                String pluginDir,
        @Default("10s")
                @Range(min = 0, max = 3600)
                @Doc(
                        "Time that a plugin's code may hold a tick before the node starts again without"
                                + " that plugin; 0s waits for ever, as a debugger wants it.")
                Duration hangLimit,
        @Default("100")
                @Range(min = 0, max = 100_000)
                @Doc(
                        "Last ticks on which a plugin is tried, in another process, before it is loaded or"
                                + " reloaded; at least so many, from a snapshot on. 0 tries none.")
                int trialTicks,
        @Default("")
                @Doc("Regions that this node owns; empty for one that is the whole star system.")
                List<RegionSettings> regions) {
    /** How much the node makes up by itself. */
    public enum Profile {
        /** Keys and tickets appear by themselves, said aloud. */
        DEVELOPMENT,
        /** Nothing is made up: what is missing stops the start. */
        PRODUCTION
    }
}
