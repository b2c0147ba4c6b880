package dev.horizon.net.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TickInputsEncoder;
import io.aeron.logbuffer.FrameDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.BitUtil;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tape whose file is damaged anywhere, or cut, gives what is before the damage and then ends or
 * says so: never another message, and never another exception. The Archive's checksum covers
 * neither the flags nor the type of a record, so these stay as they are here. {@code -Dfuzz.rounds}
 * and {@code -Dfuzz.seed} make a long run of it.
 */
class TapeFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1_000);
    private static final int TICKS = 40;
    private static final int ROOM_BYTES = 4 << 10;
    private static final TickLogConfig CONFIG =
            new TickLogConfig(3, 1L << 30, 86_400, 600, 128 << 10);

    @TempDir Path folder;

    @Test
    void shouldEndOrSaySoWhereATapeIsDamaged() throws IOException {
        Path data = folder.resolve("data");
        record(folder);
        TapeFile whole = TapeFile.list(data).getLast();
        List<String> messages = new ArrayList<>();
        read(whole, messages);
        assertThat(messages).hasSizeGreaterThanOrEqualTo(TICKS);
        byte[] bytes = written(whole.segments().getFirst());

        Path other = folder.resolve("other");
        Path file =
                EmbeddedDriver.recordings(other).resolve(whole.segments().getFirst().getFileName());
        Files.createDirectories(file.getParent());
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        int ended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(file, damaged(bytes, random));
            List<String> found = new ArrayList<>();
            try {
                for (TapeFile tape : TapeFile.list(other)) {
                    read(tape, found);
                }
                ended++;
            } catch (HorizonException e) {
                assertThat(e.code()).startsWith("HZ-TAPE-");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
            assertThat(found.size()).isLessThanOrEqualTo(messages.size());
            assertThat(found)
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(messages.subList(0, found.size()));
        }
        assertThat(refused).isPositive();
        assertThat(ended).isPositive();
    }

    private static void record(Path folder) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(8 << 10);
        TapeHeader header = new TapeHeader(42, 1, 20, "sol", "test build");
        try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(folder));
                ArchiveTickLog log = ArchiveTickLog.open(driver, CONFIG, header)) {
            long[] position = new long[1];
            for (int tick = 1; tick <= TICKS; tick++) {
                TickInputsEncoder inputs = new TickInputsEncoder();
                byte[] payload = new byte[tick % 10 == 0 ? 5_000 : tick];
                Arrays.fill(payload, (byte) tick);
                inputs.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .tick(tick)
                        .inputCount(1)
                        .putInputs(payload, 0, payload.length);
                int length = MessageHeaderEncoder.ENCODED_LENGTH + inputs.encodedLength();
                TestDriver.await(
                        "room on the tape", () -> (position[0] = log.offer(buffer, 0, length)) > 0);
            }
            TestDriver.await("the recorder", () -> log.recordedPosition() >= position[0]);
        }
    }

    private static void read(TapeFile tape, List<String> into) {
        try (TapeFrames frames = tape.open()) {
            while (frames.next()) {
                byte[] message = new byte[frames.length()];
                frames.buffer().getBytes(0, message);
                into.add(message.length + " " + Arrays.hashCode(message));
            }
        }
    }

    /** The segment up to what is written of it, and a little of what isn't. */
    private static byte[] written(Path segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            UnsafeBuffer mapped =
                    new UnsafeBuffer(
                            file.map(
                                    FileChannel.MapMode.READ_ONLY,
                                    0,
                                    Math.min(file.size(), 1 << 20)));
            int end = 0;
            while (mapped.getInt(end) > 0) {
                end += BitUtil.align(mapped.getInt(end), FrameDescriptor.FRAME_ALIGNMENT);
            }
            byte[] bytes = new byte[end + ROOM_BYTES];
            mapped.getBytes(0, bytes);
            return bytes;
        }
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        byte[] now =
                random.nextInt(4) == 0
                        ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                        : bytes.clone();
        for (int flips = random.nextInt(4); flips > 0 && now.length > 0; flips--) {
            int at = random.nextInt(now.length);
            if (!isFlagsOrType(bytes, at)) {
                now[at] = (byte) random.nextInt();
            }
        }
        return now;
    }

    private static boolean isFlagsOrType(byte[] bytes, int at) {
        UnsafeBuffer records = new UnsafeBuffer(bytes);
        int record = 0;
        while (records.getInt(record) > 0) {
            int next =
                    record + BitUtil.align(records.getInt(record), FrameDescriptor.FRAME_ALIGNMENT);
            if (at < next) {
                int field = at - record;
                return field >= FrameDescriptor.flagsOffset(0)
                        && field < FrameDescriptor.termOffsetOffset(0);
            }
            record = next;
        }
        return false;
    }
}
