package dev.horizon.net.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.ChildProcess;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kill amid a write leaves the first pages of a record; these tests tear it by hand. */
class TornTailTest {
    private static final int RECORD_BYTES = 60_000;

    /** What the last of the record's four fragments takes in the file. */
    private static final int LAST_FRAGMENT_BYTES = 10_976;

    private static final int PAGE_BYTES = 4_096;

    @TempDir Path directory;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(RECORD_BYTES);

    @ParameterizedTest
    @ValueSource(ints = {LAST_FRAGMENT_BYTES - 1, LAST_FRAGMENT_BYTES, 40_000})
    void shouldCutATornRecordAndGoOnBehindTheLastWholeOne(int atMost) throws Exception {
        long end;
        try (ChildProcess child =
                ChildProcess.start(Child.class, directory.resolve("data").toString())) {
            end = Long.parseLong(child.readLine());
            child.kill();
        }
        // Whole pages are missing, unless the tear is at the border of a fragment.
        long from = end - atMost;
        boolean border = atMost == LAST_FRAGMENT_BYTES;
        erase(border ? from : (from + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES, end);

        assertRecordsThenAppend(List.of(8), 20);
        assertRecordsThenAppend(List.of(8, 20), 21);
        assertRecordsThenAppend(List.of(8, 20, 21), 22);
    }

    private void assertRecordsThenAppend(List<Integer> lengths, int next) {
        try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(directory));
                ArchiveJournal journal = ArchiveJournal.open(driver)) {
            List<Integer> found = new ArrayList<>();
            journal.replay(0, (position, b, offset, length) -> found.add(length));
            assertThat(found).isEqualTo(lengths);
            journal.append(buffer, 0, next);
        }
    }

    private void erase(long from, long to) throws IOException {
        Path archive = directory.resolve("data").resolve("archive");
        try (Stream<Path> files = Files.list(archive)) {
            Path segment =
                    files.filter(file -> file.toString().endsWith("-0.rec"))
                            .findFirst()
                            .orElseThrow();
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate((int) (to - from)), from);
            }
        }
    }

    /** Appends a short and a long record, says where the long one ends, and waits for its end. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            EmbeddedDriver driver = EmbeddedDriver.start(DriverConfig.at(Path.of(arguments[0])));
            ArchiveJournal journal = ArchiveJournal.open(driver);
            ExpandableArrayBuffer record = new ExpandableArrayBuffer(RECORD_BYTES);
            record.setMemory(0, RECORD_BYTES, (byte) 7);
            journal.append(record, 0, 8);
            ChildProcess.say(Long.toString(journal.append(record, 0, RECORD_BYTES)));
            while (System.in.read() >= 0) {
                // Only the end of the input matters.
            }
        }
    }
}
