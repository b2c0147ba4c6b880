package dev.horizon.net.replay;

import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.TapeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tape again: the real systems and plugins on the recorded inputs, and after every tick the
 * hash compared with the recorded one. One thread.
 */
public final class Rerun implements AutoCloseable {
    private final TapeSource source;
    private final TapeCursor cursor;
    private final TickRunner runner;
    private final long begun;
    private final boolean isFromMoment;

    /** Of the last tick that was run. */
    private TapeSetup setup;

    /** Recorded hashes of components, by number in the setup, as far as they are known. */
    private @Nullable Long[] recorded;

    private boolean hasNext;
    private boolean isFinished;
    private @Nullable Tick last;
    private @Nullable Difference difference;

    private Rerun(
            TapeSource source,
            TapeCursor cursor,
            TickRunner runner,
            boolean hasNext,
            boolean isWhole,
            boolean isFromMoment) {
        this.isFromMoment = isFromMoment;
        this.source = source;
        this.cursor = cursor;
        this.runner = runner;
        this.hasNext = hasNext;
        setup = cursor.setup();
        begun = runner.tick();
        recorded = new Long[setup.components().size()];
        Map<String, Long> columns = runner.columns();
        for (int i = 0; i < recorded.length && isWhole; i++) {
            recorded[i] = columns.getOrDefault(setup.components().get(i), 0L);
        }
    }

    /**
     * Prepares to run a tape with the jars that made it, from its beginning: an empty world, or the
     * oldest whole snapshot where the tape goes on from another or was pruned.
     *
     * @param dataDirectory where the tape lies and its jars are kept
     * @param threads of a tick; the outcome is the same at any number
     * @throws HorizonException HZ-TAPE-005 to 013 when the tape or its jars don't allow it
     */
    public static Rerun of(TapeFile tape, Path dataDirectory, int threads) {
        return TapeSource.of(tape, dataDirectory, threads).start();
    }

    /** The same with plugins that the caller loads for the tape's setup. */
    public static Rerun of(TapeFile tape, Function<TapeSetup, LoadedPlugins> plugins, int threads) {
        return TapeSource.of(tape, plugins, threads).start();
    }

    /**
     * Prepares to run a tape from its last whole snapshot of a tick or an earlier one; from its
     * beginning where there is none.
     *
     * @param tick from which little is to be run; {@link Long#MAX_VALUE} for the tape's end
     * @throws HorizonException as {@link #of(TapeFile, Path, int)}
     */
    public static Rerun at(TapeFile tape, Path dataDirectory, int threads, long tick) {
        return of(TapeSource.of(tape, dataDirectory, threads), tick);
    }

    /** The same with plugins that the caller loads for the tape's setup. */
    public static Rerun at(
            TapeFile tape, Function<TapeSetup, LoadedPlugins> plugins, int threads, long tick) {
        return of(TapeSource.of(tape, plugins, threads), tick);
    }

    /**
     * The same for who goes on from there.
     *
     * @param profiles takes those that the ticks cause, again: a store keeps the latest
     */
    public static Rerun at(
            TapeFile tape,
            Function<TapeSetup, LoadedPlugins> plugins,
            int threads,
            long tick,
            ProfileSink profiles) {
        return of(TapeSource.of(tape, plugins, threads), tick, Heir.of(profiles));
    }

    static Rerun of(TapeSource source, long tick) {
        return of(source, tick, Heir.NONE);
    }

    private static Rerun of(TapeSource source, long tick, Heir heir) {
        Snapshot snapshot = Beginnings.of(source.file(), tick);
        return of(
                source,
                snapshot == null ? null : Moment.of(snapshot),
                snapshot == null
                        ? new TapeCursor(source.file())
                        : new TapeCursor(source.file(), snapshot),
                heir);
    }

    /** From a moment on; the cursor stands before the tick behind it. */
    static Rerun of(TapeSource source, @Nullable Moment from, TapeCursor cursor) {
        return of(source, from, cursor, Heir.NONE);
    }

    private static Rerun of(
            TapeSource source, @Nullable Moment from, TapeCursor cursor, Heir heir) {
        try {
            return begin(source, from, cursor, cursor.next(), heir);
        } catch (RuntimeException e) {
            cursor.close();
            throw e;
        }
    }

    /** The same with a cursor that looked for the first tick already. */
    static Rerun begin(
            TapeSource source,
            @Nullable Moment from,
            TapeCursor cursor,
            boolean isBegun,
            Heir heir) {
        if (from == null) {
            Beginnings.require(source.file(), cursor, isBegun);
        }
        TickRunner runner =
                TickRunner.of(
                        from,
                        source.file().header(),
                        cursor.setup(),
                        source.plugins(),
                        source.runnerThreads(),
                        firstTick(cursor, isBegun, from),
                        heir);
        // A world of other code may lack a component, and then has another hash.
        boolean isWhole = from == null || runner.hash() == from.hash();
        return new Rerun(source, cursor, runner, isBegun, isWhole, from != null);
    }

    private static long firstTick(TapeCursor cursor, boolean isBegun, @Nullable Moment from) {
        if (isBegun || from == null) {
            return cursor.tick().number();
        }
        return cursor.isUnfinished() ? cursor.inputsTick() : from.tick() + 1;
    }

    /**
     * Runs the next tick of the tape.
     *
     * @return false at the tape's end
     */
    public boolean step() {
        if (!hasNext) {
            return false;
        }
        Tick tick = cursor.tick();
        if (tick.number() != runner.tick() + 1) {
            throw new HorizonException(
                    "HZ-TAPE-006",
                    "the tape goes on with tick "
                            + tick.number()
                            + " where "
                            + (runner.tick() + 1)
                            + " is due");
        }
        followSetup();
        runner.run(cursor.inputs(), cursor.inputsEnd());
        tick.columns().forEach((component, hash) -> recorded[component] = hash);
        compare(tick);
        last = tick;
        hasNext = cursor.next();
        return true;
    }

    /**
     * Looks whether a tape that goes on has another tick by now; true when {@link #step} runs it.
     */
    boolean more() {
        hasNext = hasNext || cursor.next();
        return hasNext;
    }

    /**
     * Runs the tick that the tape ends within, of which it has the inputs and not the hash: what it
     * caused may have been seen.
     *
     * @return false when there is none, or all was run
     */
    public boolean finish() {
        if (hasNext || isFinished || !cursor.isUnfinished()) {
            return false;
        }
        isFinished = true;
        followSetup();
        runner.run(cursor.inputs());
        return true;
    }

    /** From a change of plugins on, the tape counts other components, and says them all anew. */
    private void followSetup() {
        TapeSetup now = cursor.setupOfTick();
        if (now != setup) {
            setup = now;
            recorded = new Long[now.components().size()];
        }
    }

    /**
     * What came out, for who goes on with it.
     *
     * @param world the caller's to close from now on
     * @param schedule the caller's to close from now on
     * @param state what ticks depend on beside the world
     * @param tick the last that was run
     */
    public record Outcome(WorldState world, Schedule schedule, byte[] state, long tick) {}

    /** Skips a plugin from the next tick on. */
    public void skip(String plugin) {
        runner.skip(plugin);
    }

    /** Gives the world away; the rerun can only be closed afterwards. */
    public Outcome handOver() {
        return runner.handOver();
    }

    /**
     * Runs to the end of a tick.
     *
     * @throws HorizonException HZ-TAPE-020 when that is before where it stands, or behind the tape
     */
    public void runTo(long tick) {
        if (tick < tick()) {
            throw new HorizonException(
                    "HZ-TAPE-020",
                    "tick " + tick + " is before tick " + (begun + 1) + ", where it could begin");
        }
        while (tick() < tick && step()) {
            // The step does it all.
        }
        if (tick() < tick) {
            throw new HorizonException(
                    "HZ-TAPE-020", "the tape ends with tick " + tick() + ", before tick " + tick);
        }
    }

    private void compare(Tick tick) {
        if (difference != null) {
            return;
        }
        long hash = runner.hash();
        long entities = runner.world().entities();
        if (hash == tick.hash() && entities == tick.entities()) {
            return;
        }
        difference =
                new Difference(
                        tick.number(),
                        tick.hash(),
                        hash,
                        tick.entities(),
                        entities,
                        differing(runner.columns()));
    }

    /** Components whose hashes aren't the recorded ones. */
    List<String> differing(Map<String, Long> columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < recorded.length; i++) {
            String name = setup.components().get(i);
            long here = columns.getOrDefault(name, 0L);
            Long there = recorded[i];
            if (there != null && there != here) {
                names.add(name);
            }
        }
        return names;
    }

    /** The first tick so far that came to something else than the tape says, or null. */
    public @Nullable Difference difference() {
        return difference;
    }

    /** The last tick that was run; before the first, the one before it. */
    public long tick() {
        return runner.tick();
    }

    /** The world's hash after that tick. */
    public long hash() {
        return runner.hash();
    }

    /** What the tape says of the last tick; null before the first. */
    public @Nullable Tick recorded() {
        return last;
    }

    /** True when a tick is left. */
    public boolean hasNext() {
        return hasNext;
    }

    /** True when the tape ends within a tick, as of a node that was killed. */
    public boolean isUnfinished() {
        return cursor.isUnfinished();
    }

    /** The world after the last tick. */
    public WorldState world() {
        return runner.world();
    }

    /** Hashes of all components of that world, by name. */
    public Map<String, Long> columns() {
        return runner.columns();
    }

    /** What the tape says of its node as of the last tick that was run. */
    public TapeSetup setup() {
        return setup;
    }

    /** Handlers, commands and systems that threw since it began, the latest. */
    public List<QuarantineReport> faults() {
        return runner.faults().stream().filter(report -> report.tick() > begun).toList();
    }

    /** True before the first tick of a tape that begins with an empty world. */
    boolean isAtEmptyWorld() {
        return !isFromMoment && tick() == begun;
    }

    /** What the next tick reads from outside. */
    TickInputs nextInputs() {
        return cursor.inputs();
    }

    /** What the tape says of the next tick. */
    Tick next() {
        return cursor.tick();
    }

    /** Where the next tick stands on the tape. */
    long nextPosition() {
        return cursor.position();
    }

    TapeSource source() {
        return source;
    }

    TickRunner runner() {
        return runner;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(runner, cursor);
    }
}
