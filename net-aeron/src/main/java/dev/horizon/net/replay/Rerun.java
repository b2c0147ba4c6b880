package dev.horizon.net.replay;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.TickLog;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
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
    private @Nullable Difference difference;

    private Rerun(TapeFile tape, TapeCursor cursor, LoadedPlugins plugins, int threads) {
        this.cursor = cursor;
        setup = cursor.setup();
        hasNext = true;
        tick = tape.header().firstTick() - 1;
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world = WorldState.create(setup.idBlock(), components);
        schedule = Schedule.of(world, plugins.systems(), plugins.derived(), threads);
        loop =
                TickLoop.of(world, schedule, plugins.events())
                        .config(setup.tick())
                        .sights(plugins.sights())
                        .starSystem(tape.header().starSystem(), tape.header().seed())
                        .firstTick(tape.header().firstTick())
                        .startedRegions(setup.regions())
                        .inputs(this::feed)
                        .tickLog(new Comparing())
                        .build();
    }

    /**
     * Prepares to run a tape with the jars that made it.
     *
     * @param dataDirectory where the tape lies and its jars are kept
     * @param threads of a tick; the outcome is the same at any number
     * @throws HorizonException HZ-TAPE-006 to 009 when the tape or its jars don't allow it
     */
    public static Rerun of(TapeFile tape, Path dataDirectory, int threads) {
        return of(
                tape,
                made -> {
                    PluginHost host = new PluginHost(true, made.configuration());
                    host.scan(new JarShelf(dataDirectory).jars(made));
                    return host.load();
                },
                threads);
    }

    /** Prepares to run a tape with plugins that the caller loads for its setup. */
    public static Rerun of(TapeFile tape, Function<TapeSetup, LoadedPlugins> plugins, int threads) {
        TapeCursor cursor = new TapeCursor(tape);
        try {
            if (!cursor.next()) {
                throw new HorizonException(
                        "HZ-TAPE-009",
                        "tape "
                                + tape.recordingId()
                                + " has no whole tick: its node ended before the first was done");
            }
            return new Rerun(tape, cursor, plugins.apply(cursor.setup()), threads);
        } catch (RuntimeException e) {
            cursor.close();
            throw e;
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
        CloseHelper.closeAll(loop, schedule, world, cursor);
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
