package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TapeWriter;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TickHashEncoder;
import dev.horizon.schemas.ticklog.TickInputsEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;

/**
 * Cuts some ticks out of a tape: the world before them, their inputs and hashes, the jars and the
 * setup, as a data folder of its own, which is replayed like any other.
 */
public final class Slice {
    private static final long TAPE_ID = 1;

    private Slice() {}

    /**
     * Writes a slice.
     *
     * @param dataDirectory of the tape
     * @param from the first tick
     * @param to the last
     * @param folder to be made
     * @return where the replay that made the world before the first tick parted from the tape, if
     *     it did: the slice begins with the world of that replay then
     * @throws HorizonException HZ-TAPE-022 when the folder is there already, HZ-TAPE-020 when the
     *     tape doesn't have the ticks
     */
    public static java.util.Optional<Difference> write(
            TapeSource source, Path dataDirectory, long from, long to, Path folder) {
        if (Files.exists(folder)) {
            throw new HorizonException(
                    "HZ-TAPE-022", folder + " is there already: name a new folder, or remove it");
        }
        TapeFile file = source.file();
        TapeHeader whole = file.header();
        try (Rerun rerun = from <= whole.firstTick() ? source.start() : source.at(from - 1)) {
            if (from > to) {
                throw new HorizonException("HZ-TAPE-020", "tick " + to + " is before tick " + from);
            }
            new JarShelf(dataDirectory).copyTo(folder, rerun.setup());
            TapeHeader header =
                    new TapeHeader(
                            whole.seed(),
                            rerun.next().number(),
                            whole.tickHz(),
                            whole.starSystem(),
                            whole.build());
            try (TapeWriter tape =
                    TapeWriter.create(
                            folder, TAPE_ID, header, rerun.setup().withoutOrigin().encode())) {
                if (!rerun.isAtEmptyWorld()) {
                    Moment moment = rerun.runner().moment();
                    tape.snapshot(
                            rerun.tick(),
                            moment.hash(),
                            rerun.world().entities(),
                            moment.world(),
                            moment.state());
                }
                java.util.Optional<Difference> parted =
                        java.util.Optional.ofNullable(rerun.difference());
                copy(rerun, to, tape, new JarShelf(dataDirectory), folder);
                return parted;
            }
        }
    }

    /** Copies as it is recorded, whatever this build makes of it. */
    private static void copy(Rerun rerun, long to, TapeWriter tape, JarShelf shelf, Path folder) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        try (TapeCursor cursor =
                new TapeCursor(rerun.source().file(), rerun.setup(), rerun.nextPosition())) {
            long last = rerun.tick();
            while (last < to && cursor.next()) {
                last = cursor.tick().number();
                if (cursor.setupOfTick() != cursor.setup()) {
                    shelf.copyTo(folder, cursor.setupOfTick());
                }
                tape.offer(buffer, 0, encodeInputs(cursor, buffer));
                tape.offer(buffer, 0, encodeHash(cursor.tick(), buffer));
            }
            if (last < to) {
                throw new HorizonException(
                        "HZ-TAPE-020", "the tape ends with tick " + last + ", before tick " + to);
            }
        }
    }

    private static int encodeInputs(TapeCursor cursor, ExpandableArrayBuffer buffer) {
        byte[] inputs = cursor.inputs().bytes();
        long tick = cursor.tick().number();
        return MessageHeaderEncoder.ENCODED_LENGTH
                + new TickInputsEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .tick(tick)
                        .inputCount(cursor.inputs().messages(tick).size())
                        .putInputs(inputs, 0, inputs.length)
                        .encodedLength();
    }

    private static int encodeHash(Tick tick, ExpandableArrayBuffer buffer) {
        TickHashEncoder encoder =
                new TickHashEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .tick(tick.number())
                        .hash(tick.hash())
                        .entities(tick.entities())
                        .nanos(tick.nanos())
                        .faults(tick.faults());
        TickHashEncoder.ColumnsEncoder columns = encoder.columnsCount(tick.columns().size());
        tick.columns().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(column ->
                        columns.next().component(column.getKey()).hash(column.getValue()));
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
