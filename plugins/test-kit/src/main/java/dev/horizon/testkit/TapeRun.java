package dev.horizon.testkit;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.query.ConditionParser;
import dev.horizon.engine.world.World;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Breakpoint;
import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSetup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slice of a tape in a test, as {@code horizon replay export} makes it: the recorded world and
 * inputs, with plugins of the class path in place of those that made it. For one thread.
 *
 * <pre>{@code
 * try (TapeRun run = TapeRun.of(Path.of("src/test/tapes/hull"), Raiders.class)) {
 *     assertThat(run.until("Hull.points < 0")).isEmpty();
 * }
 * }</pre>
 */
public final class TapeRun implements AutoCloseable {
    private final Rerun rerun;

    private TapeRun(Rerun rerun) {
        this.rerun = rerun;
    }

    /**
     * Opens a slice; it stands before its first tick.
     *
     * @param plugins that take the place of those of their names; the rest runs from the slice's
     *     jars
     */
    @SafeVarargs
    public static TapeRun of(Path slice, Class<? extends Plugin>... plugins) {
        TapeFile tape = TapeFile.list(slice).getLast();
        return new TapeRun(Rerun.of(tape, setup -> load(slice, setup, plugins), 1));
    }

    private static LoadedPlugins load(
            Path slice, TapeSetup setup, Class<? extends Plugin>[] plugins) {
        PluginHost host = new PluginHost(true, setup.configuration());
        List<String> own =
                Arrays.stream(plugins).map(type -> TestPlugins.describe(type).name()).toList();
        for (Class<? extends Plugin> type : plugins) {
            TestPlugins.check(type);
            PluginDescriptor descriptor = TestPlugins.describe(type);
            host.add(TestPlugins.make(type), descriptor);
        }
        host.scan(new JarShelf(slice).jarsWithout(setup, own));
        return host.load();
    }

    /**
     * Runs on until an entity begins to fulfil a condition; those that do already don't count.
     *
     * @return those that began at {@link #tick}; empty when the slice ended first
     */
    public List<Shown> until(String condition) {
        return new Breakpoint(ConditionParser.parse(condition), rerun.world())
                .runUntil(rerun, Long.MAX_VALUE);
    }

    /** Runs the next tick; false at the end of the slice. */
    public boolean step() {
        return rerun.step();
    }

    /** Runs to the end of the slice. */
    public void toEnd() {
        while (rerun.step()) {
            // The step compares.
        }
    }

    /** The first tick so far that came to something else than what is recorded, or null. */
    public @Nullable Difference difference() {
        return rerun.difference();
    }

    /** The last tick that was run. */
    public long tick() {
        return rerun.tick();
    }

    /** The world after it, to be read. */
    public World world() {
        return rerun.world();
    }

    @Override
    public void close() {
        rerun.close();
    }
}
