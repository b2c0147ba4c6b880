package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.archive.TapeFrames;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.TapeSetupDecoder;
import dev.horizon.schemas.ticklog.TickHashDecoder;
import dev.horizon.schemas.ticklog.TickInputsDecoder;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tape tick by tick. A tick is there once both its inputs and its hash are: the last one of
 * a node that was killed may lack its hash, and then stands alone as {@link #isUnfinished}.
 */
final class TapeCursor implements AutoCloseable {
    private final TapeFrames frames;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TickInputsDecoder inputsDecoder = new TickInputsDecoder();
    private final TickHashDecoder hashDecoder = new TickHashDecoder();
    private TickInputs inputs = new TickInputs(new byte[0]);
    private @Nullable TapeSetup setup;

    /** From the tick that was found on; null where nothing changes. */
    private @Nullable TapeSetup change;

    private @Nullable Tick tick;
    private long inputsTick;
    private long position;
    private long inputsEnd;

    /** What is on the tape up to here belongs to a snapshot's past. */
    private long afterTick = Long.MIN_VALUE;

    /** The inputs of a tick were read, and not its hash. */
    private boolean isUnfinished;

    /** From the first tick on. */
    TapeCursor(TapeFile tape) {
        frames = tape.open();
    }

    /** From the tick behind a snapshot on. */
    TapeCursor(TapeFile tape, Snapshot from) {
        frames = tape.open(from.position());
        setup = TapeSetup.decode(from.setup());
        afterTick = from.tick();
    }

    /**
     * The same of a tape that goes on: at the end of what is recorded {@link #next} is false, and
     * may be true later.
     *
     * @param from null for the first tick
     * @param recorded the position behind what is recorded
     */
    TapeCursor(TapeFile tape, @Nullable Snapshot from, LongSupplier recorded) {
        frames = tape.follow(from == null ? 0 : from.position(), recorded);
        if (from != null) {
            setup = TapeSetup.decode(from.setup());
            afterTick = from.tick();
        }
    }

    /** From where another cursor was, {@link #position}, on. */
    TapeCursor(TapeFile tape, TapeSetup setup, long position) {
        frames = tape.open(position);
        this.setup = setup;
    }

    /** Goes to the next tick; false at the end. */
    boolean next() {
        if (!isUnfinished) {
            position = frames.position();
            if (change != null) {
                setup = change;
                change = null;
            }
        }
        while (frames.next()) {
            header.wrap(frames.buffer(), 0);
            switch (header.templateId()) {
                case TapeSetupDecoder.TEMPLATE_ID -> {
                    readSetup();
                    position = frames.position();
                }
                case TickInputsDecoder.TEMPLATE_ID -> {
                    inputsDecoder.wrapAndApplyHeader(frames.buffer(), 0, header);
                    if (inputsDecoder.tick() <= afterTick) {
                        continue;
                    }
                    inputsTick = inputsDecoder.tick();
                    byte[] bytes = new byte[inputsDecoder.inputsLength()];
                    inputsDecoder.getInputs(bytes, 0, bytes.length);
                    inputs = new TickInputs(bytes);
                    change = inputs.setup();
                    isUnfinished = true;
                    inputsEnd = frames.position();
                }
                case TickHashDecoder.TEMPLATE_ID -> {
                    hashDecoder.wrapAndApplyHeader(frames.buffer(), 0, header);
                    if (hashDecoder.tick() <= afterTick) {
                        position = frames.position();
                        continue;
                    }
                    readHash();
                    isUnfinished = false;
                    return true;
                }
                default -> position = frames.position();
            }
        }
        return false;
    }

    private void readSetup() {
        TapeSetupDecoder decoder =
                new TapeSetupDecoder().wrapAndApplyHeader(frames.buffer(), 0, header);
        byte[] json = new byte[decoder.setupLength()];
        decoder.getSetup(json, 0, json.length);
        setup = TapeSetup.decode(json);
    }

    private void readHash() {
        long number = hashDecoder.tick();
        if (number != inputsTick) {
            throw new HorizonException(
                    "HZ-TAPE-006",
                    "the tape has the hash of tick "
                            + number
                            + " behind the inputs of tick "
                            + inputsTick
                            + ": it is of another version, or damaged");
        }
        long hash = hashDecoder.hash();
        long entities = hashDecoder.entities();
        long nanos = known(hashDecoder.nanos(), TickHashDecoder.nanosNullValue());
        int faults = (int) known(hashDecoder.faults(), TickHashDecoder.faultsNullValue());
        TreeMap<Integer, Long> columns = new TreeMap<>();
        for (TickHashDecoder.ColumnsDecoder column : hashDecoder.columns()) {
            columns.put(column.component(), column.hash());
        }
        tick = new Tick(number, hash, entities, nanos, faults, columns);
    }

    /** What an older version doesn't have, as 0. */
    static long known(long value, long unknown) {
        return value == unknown ? 0 : value;
    }

    /**
     * What the tape says of its node, until the tick that was found.
     *
     * @throws HorizonException HZ-TAPE-008 for a tape of a version that said nothing
     */
    TapeSetup setup() {
        TapeSetup found = setup;
        if (found == null) {
            throw new HorizonException(
                    "HZ-TAPE-008",
                    "the tape doesn't say which plugins and settings made it, as those of version 1"
                            + " don't: replay it with the build that made it");
        }
        return found;
    }

    /** The same from that tick on: its inputs may say that other plugins run. */
    TapeSetup setupOfTick() {
        TapeSetup changed = change;
        return changed == null ? setup() : changed;
    }

    /** True when the tape goes on from another. */
    boolean hasOrigin() {
        TapeSetup found = setup;
        return found != null && found.origin() != null;
    }

    /** The tick that {@link #next} found. */
    Tick tick() {
        Tick found = tick;
        if (found == null) {
            throw new IllegalStateException("next was not called, or found nothing");
        }
        return found;
    }

    /** The tick whose inputs were read last. */
    long inputsTick() {
        return inputsTick;
    }

    /** The inputs of the tick. */
    TickInputs inputs() {
        return inputs;
    }

    /** Where the tick's inputs begin on the tape. */
    long position() {
        return position;
    }

    /** The position behind the tick's inputs. */
    long inputsEnd() {
        return inputsEnd;
    }

    /** True when the tape ends within a tick. */
    boolean isUnfinished() {
        return isUnfinished;
    }

    @Override
    public void close() {
        frames.close();
    }
}
