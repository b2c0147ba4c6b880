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
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
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
    private final MutableDirectBuffer inputs = new ExpandableArrayBuffer();
    private @Nullable TapeSetup setup;
    private @Nullable Tick tick;
    private long inputsTick;
    private int inputsLength;
    private boolean isUnfinished;
    private long afterTick = Long.MIN_VALUE;

    /** From the first message of a tape on. */
    TapeCursor(TapeFile tape) {
        frames = tape.open();
    }

    /** From a snapshot on: the next tick is the one behind it. */
    TapeCursor(TapeFile tape, Snapshot from) {
        frames = tape.open(from.position());
        setup = TapeSetup.decode(from.setup());
        afterTick = from.tick();
    }

    /** Goes to the next tick; false at the end. */
    boolean next() {
        boolean isBegun = false;
        while (frames.next()) {
            header.wrap(frames.buffer(), 0);
            switch (header.templateId()) {
                case TapeSetupDecoder.TEMPLATE_ID -> readSetup();
                case TickInputsDecoder.TEMPLATE_ID -> {
                    inputsDecoder.wrapAndApplyHeader(frames.buffer(), 0, header);
                    if (inputsDecoder.tick() <= afterTick) {
                        continue;
                    }
                    inputsTick = inputsDecoder.tick();
                    int length = inputsDecoder.inputsLength();
                    inputs.checkLimit(length);
                    inputsDecoder.getInputs(inputs, 0, length);
                    inputsLength = length;
                    isBegun = true;
                }
                case TickHashDecoder.TEMPLATE_ID -> {
                    if (readHash()) {
                        return true;
                    }
                }
                default -> {
                    // The start was read when the tape was found.
                }
            }
        }
        isUnfinished = isBegun;
        return false;
    }

    private void readSetup() {
        TapeSetupDecoder decoder =
                new TapeSetupDecoder().wrapAndApplyHeader(frames.buffer(), 0, header);
        byte[] json = new byte[decoder.setupLength()];
        decoder.getSetup(json, 0, json.length);
        setup = TapeSetup.decode(json);
    }

    /** False for that of the snapshot's own tick. */
    private boolean readHash() {
        hashDecoder.wrapAndApplyHeader(frames.buffer(), 0, header);
        long number = hashDecoder.tick();
        if (number <= afterTick) {
            return false;
        }
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
        TreeMap<Integer, Long> columns = new TreeMap<>();
        for (TickHashDecoder.ColumnsDecoder column : hashDecoder.columns()) {
            columns.put(column.component(), column.hash());
        }
        tick =
                new Tick(
                        number,
                        hash,
                        entities,
                        known(hashDecoder.nanos(), TickHashDecoder.nanosNullValue()),
                        (int) known(hashDecoder.faults(), TickHashDecoder.faultsNullValue()),
                        columns);
        return true;
    }

    /** What an older version doesn't have, as 0. */
    static long known(long value, long unknown) {
        return value == unknown ? 0 : value;
    }

    /**
     * What the tape says of its node; before or behind the first tick.
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

    /** The tick whose inputs were read last. */
    long inputsTick() {
        return inputsTick;
    }

    /** The tick that {@link #next} found. */
    Tick tick() {
        Tick found = tick;
        if (found == null) {
            throw new IllegalStateException("next was not called, or found nothing");
        }
        return found;
    }

    /** The inputs of the tick: as TickInputs has them, from 0. */
    MutableDirectBuffer inputs() {
        return inputs;
    }

    /** Bytes of the inputs. */
    int inputsLength() {
        return inputsLength;
    }

    /** True when the other's tick read something else from outside. */
    boolean hasOtherInputs(TapeCursor other) {
        if (inputsLength != other.inputsLength) {
            return true;
        }
        for (int i = 0; i < inputsLength; i++) {
            if (inputs.getByte(i) != other.inputs.getByte(i)) {
                return true;
            }
        }
        return false;
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
