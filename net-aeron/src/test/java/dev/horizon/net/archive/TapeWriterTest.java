package dev.horizon.net.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tape written without an Archive is read like one of a node. */
class TapeWriterTest {
    private static final int MESSAGES = 60;
    private static final int BYTES_MAX = 900_000;
    private static final long SEED = 11;
    private static final TapeHeader HEADER = new TapeHeader(7, 3, 20, "test", "build");

    @TempDir Path folder;

    @Test
    void shouldReadWhatWasWrittenAcrossSegments() {
        try (TapeWriter writer = TapeWriter.create(folder, 4, HEADER, new byte[] {'{', '}'})) {
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < MESSAGES; i++) {
                UnsafeBuffer message = message(random, i);
                assertThat(writer.offer(message, 0, message.capacity())).isPositive();
            }
        }
        TapeFile tape = TapeFile.list(folder).getFirst();
        assertThat(tape.recordingId()).isEqualTo(4);
        assertThat(tape.header()).isEqualTo(HEADER);
        assertThat(tape.segments()).hasSizeGreaterThan(1);
        try (TapeFrames frames = tape.open()) {
            assertThat(frames.next()).as("start").isTrue();
            assertThat(frames.next()).as("setup").isTrue();
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < MESSAGES; i++) {
                UnsafeBuffer expected = message(random, i);
                assertThat(frames.next()).as("message %d, seed %d", i, SEED).isTrue();
                assertThat(frames.length()).isEqualTo(expected.capacity());
                assertThat(new UnsafeBuffer(frames.buffer(), 0, frames.length()))
                        .as("message %d, seed %d", i, SEED)
                        .isEqualTo(expected);
            }
            assertThat(frames.next()).isFalse();
        }
    }

    @Test
    void shouldNotWriteOverATape() {
        TapeWriter.create(folder, 1, HEADER, new byte[0]).close();
        assertThatThrownBy(() -> TapeWriter.create(folder, 1, HEADER, new byte[0]).close())
                .isInstanceOf(UncheckedIOException.class);
    }

    private static UnsafeBuffer message(SplittableRandom random, int number) {
        byte[] bytes = new byte[1 + random.nextInt(BYTES_MAX)];
        random.nextBytes(bytes);
        bytes[0] = (byte) number;
        return new UnsafeBuffer(bytes);
    }
}
