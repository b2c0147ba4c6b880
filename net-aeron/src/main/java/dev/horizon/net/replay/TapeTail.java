package dev.horizon.net.replay;

import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.archive.TapeFrames;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.TickHashDecoder;
import dev.horizon.schemas.ticklog.TickInputsDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows the youngest tape of a data folder, tick by tick, and the tape that goes on from it. */
public final class TapeTail {
    private final Path dataDirectory;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TickInputsDecoder inputs = new TickInputsDecoder();
    private final TickHashDecoder hash = new TickHashDecoder();
    private long tape = -1;
    private long position;
    private long inputCount;
    private long inputBytes;

    /** Follows from what is recorded by now. */
    public TapeTail(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        poll(tick -> {});
    }

    /**
     * A tick that was done.
     *
     * @param tape its number
     * @param tick its number
     * @param inputs that it read
     * @param inputBytes of them
     * @param hash of the world
     * @param entities in it
     * @param nanos that it took
     * @param faults systems and handlers that threw in it
     */
    public record Told(
            long tape,
            long tick,
            long inputs,
            long inputBytes,
            long hash,
            long entities,
            long nanos,
            long faults) {}

    /** Hands over the ticks recorded since the last time; returns how many. */
    public int poll(Consumer<Told> to) {
        TapeFile now = youngest();
        if (now == null) {
            return 0;
        }
        if (now.recordingId() != tape) {
            tape = now.recordingId();
            position = now.firstPosition();
        }
        long end =
                now.firstPosition()
                        + (long) now.segments().size() * EmbeddedDriver.SEGMENT_LENGTH_BYTES;
        if (position >= end) {
            // The next segment isn't there yet.
            return 0;
        }
        int ticks = 0;
        try (TapeFrames frames = now.open(Math.max(position, now.firstPosition()))) {
            while (frames.next()) {
                position = frames.position();
                Told told = read(frames);
                if (told != null) {
                    to.accept(told);
                    ticks++;
                }
            }
        }
        return ticks;
    }

    private @Nullable TapeFile youngest() {
        List<TapeFile> tapes = TapeFile.list(dataDirectory);
        return tapes.isEmpty() ? null : tapes.getLast();
    }

    private @Nullable Told read(TapeFrames frames) {
        switch (header.wrap(frames.buffer(), 0).templateId()) {
            case TickInputsDecoder.TEMPLATE_ID -> {
                inputs.wrapAndApplyHeader(frames.buffer(), 0, header);
                inputCount = inputs.inputCount();
                inputBytes = inputs.inputsLength();
            }
            case TickHashDecoder.TEMPLATE_ID -> {
                hash.wrapAndApplyHeader(frames.buffer(), 0, header);
                return new Told(
                        tape,
                        hash.tick(),
                        inputCount,
                        inputBytes,
                        hash.hash(),
                        hash.entities(),
                        TapeCursor.known(hash.nanos(), TickHashDecoder.nanosNullValue()),
                        TapeCursor.known(hash.faults(), TickHashDecoder.faultsNullValue()));
            }
            default -> {
                // The start and the setup tell of no tick.
            }
        }
        return null;
    }
}
