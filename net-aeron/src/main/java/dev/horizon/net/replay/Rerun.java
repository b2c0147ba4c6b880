package dev.horizon.net.replay;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.TickHashDecoder;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tape again: the real systems and plugins on the recorded inputs, and after every tick the
 * hash compared with the recorded one. One thread.
 */
public final class Rerun implements AutoCloseable {
    private static final int ALIGNMENT = 8;

    private static final ProfileSink NO_PROFILES =
            (playerId, tick, x, y, z, buffer, offset, nameLength, ownedLength) -> true;

    private final TapeCursor cursor;
    private final TapeSetup setup;
    private final WorldState world;
    private final Schedule schedule;
    private final TickLoop loop;
    private final Map<String, Long> recordedColumns = new TreeMap<>();
    private final Map<String, Long> columns = new TreeMap<>();
    private boolean hasNext;
    private long tick;
    private long hash;
    private long entities;
    private boolean isFed;
    private boolean isFinished;
    private boolean isHandedOver;
    private @Nullable Difference difference;

    private Rerun(
            TapeFile tape,
            TapeCursor cursor,
            boolean isBegun,
            @Nullable Snapshot from,
            LoadedPlugins plugins,
            int threads,
            ProfileSink profiles) {
        this.cursor = cursor;
        setup = cursor.setup();
        hasNext = isBegun;
        tick = from == null ? tape.header().firstTick() - 1 : from.tick();
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world =
                from == null
                        ? WorldState.create(setup.idBlock(), components)
                        : WorldSnapshot.read(from.world(), 0, from.world().capacity(), components);
        schedule = Schedule.of(world, plugins.systems(), plugins.derived(), threads);
        long firstTick = tick + 1;
        if (hasNext || cursor.isUnfinished()) {
            firstTick = hasNext ? cursor.tick().number() : cursor.inputsTick();
        }
        TickLoopBuilder builder =
                TickLoop.of(world, schedule, plugins.events())
                        .config(setup.tick())
                        .sights(plugins.sights())
                        .starSystem(tape.header().starSystem(), tape.header().seed())
                        .firstTick(firstTick)
                        .startedRegions(setup.regions())
                        .inputs(this::feed)
                        .profiles(profiles)
                        .tickLog(new Comparing());
        if (from != null) {
            builder.goingOnFrom(from.state());
            hash = from.hash();
            entities = from.entities();
            for (ComponentType<?> type : world.registry().types()) {
                recordedColumns.put(type.name(), world.hash(type));
            }
        }
        loop = builder.build();
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
        return at(tape, dataDirectory, threads, Long.MIN_VALUE);
    }

    /** The same with plugins that the caller loads for the tape's setup. */
    public static Rerun of(TapeFile tape, Function<TapeSetup, LoadedPlugins> plugins, int threads) {
        return at(tape, plugins, threads, Long.MIN_VALUE);
    }

    /**
     * Prepares to run a tape from its last whole snapshot of a tick or an earlier one; from its
     * beginning where there is none.
     *
     * @param tick from which little is to be run; {@link Long#MAX_VALUE} for the tape's end
     * @throws HorizonException as {@link #of(TapeFile, Path, int)}
     */
    public static Rerun at(TapeFile tape, Path dataDirectory, int threads, long tick) {
        return at(
                tape,
                made -> {
                    PluginHost host = new PluginHost(true, made.configuration());
                    host.scan(new JarShelf(dataDirectory).jars(made));
                    return host.load();
                },
                threads,
                tick);
    }

    /** The same with plugins that the caller loads for the tape's setup. */
    public static Rerun at(
            TapeFile tape, Function<TapeSetup, LoadedPlugins> plugins, int threads, long tick) {
        return at(tape, plugins, threads, tick, NO_PROFILES);
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
        Snapshot from = Beginnings.of(tape, tick);
        TapeCursor cursor = from == null ? new TapeCursor(tape) : new TapeCursor(tape, from);
        try {
            boolean isBegun = cursor.next();
            if (from == null) {
                requireBeginning(tape, cursor, isBegun);
            }
            return new Rerun(
                    tape, cursor, isBegun, from, plugins.apply(cursor.setup()), threads, profiles);
        } catch (RuntimeException e) {
            cursor.close();
            throw e;
        }
    }

    private static void requireBeginning(TapeFile tape, TapeCursor cursor, boolean isBegun) {
        if (!isBegun) {
            throw new HorizonException(
                    "HZ-TAPE-009",
                    "tape "
                            + tape.recordingId()
                            + " has no whole tick: its node ended before the first was done");
        }
        TapeSetup.Origin origin = cursor.setup().origin();
        if (origin != null) {
            throw new HorizonException(
                    "HZ-TAPE-013",
                    "tape "
                            + tape.recordingId()
                            + " goes on from tape "
                            + origin.tape()
                            + " at tick "
                            + origin.tick()
                            + ", and no snapshot of it is whole: restore one from a backup");
        }
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
        Tick recorded = cursor.tick();
        isFed = false;
        if (!loop.step()) {
            throw new IllegalStateException("tick " + recorded.number() + " had to wait");
        }
        tick = recorded.number();
        if (loop.tick() != tick) {
            throw new HorizonException(
                    "HZ-TAPE-006",
                    "the tape goes on with tick " + tick + " where " + loop.tick() + " is due");
        }
        recorded.columns()
                .forEach((component, now) ->
                        recordedColumns.put(setup.components().get(component), now));
        compare(recorded);
        hasNext = cursor.next();
        return true;
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
        isFed = false;
        isFinished = true;
        if (!loop.step()) {
            throw new IllegalStateException("tick " + cursor.inputsTick() + " had to wait");
        }
        tick = loop.tick();
        return true;
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

    /** Gives the world away; the rerun can only be closed afterwards. */
    public Outcome handOver() {
        isHandedOver = true;
        return new Outcome(world, schedule, loop.state(), tick);
    }

    private void compare(Tick recorded) {
        if (difference != null || (hash == recorded.hash() && entities == recorded.entities())) {
            return;
        }
        List<String> differing = new ArrayList<>();
        for (String component : setup.components()) {
            if (!recordedColumns
                    .getOrDefault(component, 0L)
                    .equals(columns.getOrDefault(component, 0L))) {
                differing.add(component);
            }
        }
        difference =
                new Difference(
                        tick, recorded.hash(), hash, recorded.entities(), entities, differing);
    }

    /** The first tick so far that came to something else than the tape says, or null. */
    public @Nullable Difference difference() {
        return difference;
    }

    /** The last tick that was run; before the first, the one before it. */
    public long tick() {
        return tick;
    }

    /** The world's hash after that tick. */
    public long hash() {
        return hash;
    }

    /** True when a tick is left. */
    public boolean hasNext() {
        return hasNext;
    }

    /** True when the tape ends within a tick, as of a node that was killed. */
    public boolean isUnfinished() {
        return cursor.isUnfinished();
    }

    /** The world after that tick. */
    public WorldState world() {
        return world;
    }

    /** What the tape says of its node. */
    public TapeSetup setup() {
        return setup;
    }

    /** Hands over the inputs of a tick, once; the loop takes them as it took them then. */
    private int feed(InputSource.InputHandler handler, int limit) {
        if (isFed) {
            return 0;
        }
        isFed = true;
        DirectBuffer inputs = cursor.inputs();
        int at = 0;
        int fed = 0;
        while (at + Integer.BYTES <= cursor.inputsLength()) {
            int length = inputs.getInt(at, ByteOrder.LITTLE_ENDIAN);
            int end = at + Integer.BYTES + length;
            if (length < 0 || end > cursor.inputsLength()) {
                throw new HorizonException(
                        "HZ-TAPE-006", "an input of tick " + (tick + 1) + " ends beyond its tick");
            }
            if (!handler.onInput(inputs, at + Integer.BYTES, length)) {
                throw new HorizonException(
                        "HZ-TAPE-006", "tick " + (tick + 1) + " has more inputs than one takes");
            }
            at = (end + ALIGNMENT - 1) & -ALIGNMENT;
            fed++;
        }
        return fed;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(loop, cursor);
        if (!isHandedOver) {
            CloseHelper.closeAll(schedule, world);
        }
    }

    /** Takes what the loop would record. */
    private final class Comparing implements TickLog {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final TickHashDecoder decoder = new TickHashDecoder();
        private long position;

        @Override
        public long offer(DirectBuffer buffer, int offset, int length) {
            if (header.wrap(buffer, offset).templateId() == TickHashDecoder.TEMPLATE_ID) {
                decoder.wrapAndApplyHeader(buffer, offset, header);
                hash = decoder.hash();
                entities = decoder.entities();
                List<ComponentType<?>> types = world.registry().types();
                for (TickHashDecoder.ColumnsDecoder column : decoder.columns()) {
                    columns.put(types.get(column.component()).name(), column.hash());
                }
            }
            position += length;
            return position;
        }

        @Override
        public long recordedPosition() {
            return position;
        }

        @Override
        public void close() {}
    }
}
