package dev.horizon.net.archive;

import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.TickHashDecoder;
import dev.horizon.schemas.ticklog.TickInputsDecoder;
import io.aeron.FragmentAssembler;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.DirectBuffer;

/** Lists tapes and reads them back from the disk, the running one included. Never on a tick. */
public final class TapeReader {
    private final EmbeddedDriver driver;

    public TapeReader(EmbeddedDriver driver) {
        this.driver = driver;
    }

    /** All tapes, oldest first. */
    public List<Tape> list() {
        return Recording.ofStream(driver, ArchiveTickLog.STREAM_ID).stream()
                .map(recording ->
                        new Tape(
                                recording.id(),
                                recording.startPosition(),
                                recording.endPositionNow(driver),
                                recording.startedAtEpochMillis(),
                                recording.termLengthBytes()))
                .toList();
    }

    /** Hands over all messages of a tape, in order. */
    public void read(Tape tape, MessageHandler handler) {
        read(tape, tape.startPosition(), handler);
    }

    /** Hands over all messages from a position that an earlier reading told. */
    public void read(Tape tape, long fromPosition, MessageHandler handler) {
        Replay.read(
                driver,
                tape.recordingId(),
                fromPosition,
                tape.endPosition(),
                new FragmentAssembler((buffer, offset, length, header) ->
                        handler.onMessage(header.position(), buffer, offset, length)));
    }

    /**
     * The last tick that a tape has, so that the next run counts on from there; empty when it has
     * none. Reads its end alone.
     */
    public OptionalLong lastTick(Tape tape) {
        LastTick last = new LastTick();
        long to = tape.endPosition();
        while (to > tape.startPosition() && !last.found) {
            long from = Math.max(tape.startPosition(), (to - 1) & -(long) tape.termLengthBytes());
            Replay.read(
                    driver,
                    tape.recordingId(),
                    from,
                    to,
                    new FragmentAssembler(
                            (buffer, offset, length, header) -> last.see(buffer, offset)));
            to = from;
        }
        return last.found ? OptionalLong.of(last.tick) : OptionalLong.empty();
    }

    /**
     * The tick with which the next run of this data directory begins: behind every tick on a tape,
     * for ticks count a star system's time, and what was stored at a later tick is never replaced
     * by an earlier one.
     */
    public long nextTick() {
        long next = 1;
        for (Tape tape : list()) {
            next = Math.max(next, lastTick(tape).orElse(0) + 1);
        }
        return next;
    }

    private static final class LastTick {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final TickInputsDecoder inputs = new TickInputsDecoder();
        private final TickHashDecoder hash = new TickHashDecoder();
        private long tick;
        private boolean found;

        private void see(DirectBuffer buffer, int offset) {
            switch (header.wrap(buffer, offset).templateId()) {
                case TickInputsDecoder.TEMPLATE_ID -> {
                    tick = inputs.wrapAndApplyHeader(buffer, offset, header).tick();
                    found = true;
                }
                case TickHashDecoder.TEMPLATE_ID -> {
                    tick = hash.wrapAndApplyHeader(buffer, offset, header).tick();
                    found = true;
                }
                default -> {
                    // Other records belong to a tick that these two name.
                }
            }
        }
    }

    /** Takes one message of the tick-log schema; the buffer is valid during the call. */
    @FunctionalInterface
    public interface MessageHandler {
        /**
         * One message, header included.
         *
         * @param position behind the message
         */
        void onMessage(long position, DirectBuffer buffer, int offset, int length);
    }
}
