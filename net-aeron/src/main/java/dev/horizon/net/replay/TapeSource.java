package dev.horizon.net.replay;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.net.archive.TapeFile;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A tape and what runs it again: where replays of it begin. Immutable.
 *
 * @param file the tape
 * @param plugins loads, for the tape's setup, the plugins that are to run; each call loads them
 *     anew
 * @param threads of a tick; the outcome is the same at any number
 * @param isSpread true to spread over the threads even what is too small to gain by it
 */
public record TapeSource(
        TapeFile file, Function<TapeSetup, LoadedPlugins> plugins, int threads, boolean isSpread) {
    /** A tape with plugins that the caller loads. */
    public static TapeSource of(
            TapeFile file, Function<TapeSetup, LoadedPlugins> plugins, int threads) {
        return new TapeSource(file, plugins, threads, false);
    }

    /**
     * A tape with the jars that made it.
     *
     * @param dataDirectory where the tape lies and its jars are kept
     */
    public static TapeSource of(TapeFile file, Path dataDirectory, int threads) {
        return of(
                file,
                setup -> {
                    PluginHost host = new PluginHost(true, setup.configuration());
                    host.scan(new JarShelf(dataDirectory).jars(setup));
                    return host.load();
                },
                threads);
    }

    /** The same on another number of threads, over which all is spread. */
    TapeSource spread(int count) {
        return new TapeSource(file, plugins, count, true);
    }

    TickRunner.Threads runnerThreads() {
        return new TickRunner.Threads(threads, isSpread);
    }

    /**
     * A replay from the first tick that can be run.
     *
     * @throws dev.horizon.engine.plugin.HorizonException HZ-TAPE-005 to 013 when the tape or its
     *     jars don't allow it
     */
    public Rerun start() {
        return Rerun.of(this, Long.MIN_VALUE);
    }

    /**
     * A replay that stands at the end of a tick, of which it has run as little as it can.
     *
     * @throws dev.horizon.engine.plugin.HorizonException HZ-TAPE-020 when the tape doesn't have
     *     that tick
     */
    public Rerun at(long tick) {
        Rerun rerun = Rerun.of(this, tick);
        try {
            rerun.runTo(tick);
            return rerun;
        } catch (RuntimeException e) {
            rerun.close();
            throw e;
        }
    }
}
