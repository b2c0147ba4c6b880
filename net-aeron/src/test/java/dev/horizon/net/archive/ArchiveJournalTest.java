package dev.horizon.net.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.EmbeddedDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveJournalTest {
    @TempDir Path directory;
    private EmbeddedDriver driver;
    private ArchiveJournal journal;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512 << 10);

    @BeforeEach
    void start() {
        driver = EmbeddedDriver.start(TestDriver.config(directory));
        journal = ArchiveJournal.open(driver);
    }

    @AfterEach
    void stop() {
        journal.close();
        driver.close();
    }

    private long append(int number, int length) {
        buffer.putInt(0, number);
        return journal.append(buffer, 0, length);
    }

    private List<String> records(long from) {
        List<String> records = new ArrayList<>();
        journal.replay(
                from,
                (position, b, offset, length) -> records.add(b.getInt(offset) + " in " + length));
        return records;
    }

    @Test
    void shouldGoOnWithTheSameRecordsAfterARestart() {
        assertThat(journal.position()).isZero();
        assertThat(records(0)).isEmpty();
        long first = append(1, 10);
        long second = append(2, 60_000);
        assertThat(journal.position()).isEqualTo(second);
        stop();
        start();
        assertThat(journal.position()).isEqualTo(second);
        append(3, 4);
        assertThat(records(0)).containsExactly("1 in 10", "2 in 60000", "3 in 4");
        assertThat(records(first)).containsExactly("2 in 60000", "3 in 4");
        List<Long> positions = new ArrayList<>();
        journal.replay(0, (position, b, offset, length) -> positions.add(position));
        assertThat(positions).startsWith(first, second).last().isEqualTo(journal.position());
    }

    @Test
    void shouldReplaceAllRecordsInOneStep() {
        for (int i = 0; i < 50; i++) {
            append(i, 30_000);
        }
        long before = journal.position();
        assertThat(
                        journal.rewrite(sink -> {
                            buffer.putInt(0, 100);
                            long position = sink.append(buffer, 0, 20);
                            assertThat(position).isGreaterThan(before);
                            buffer.putInt(0, 101);
                            assertThat(sink.append(buffer, 0, 40_000)).isGreaterThan(position);
                        }))
                .isTrue();
        assertThat(records(0)).containsExactly("100 in 20", "101 in 40000");
        assertThat(journal.startPosition()).isGreaterThanOrEqualTo(before);
        append(102, 8);
        stop();
        start();
        assertThat(records(0)).containsExactly("100 in 20", "101 in 40000", "102 in 8");
        assertThat(Recording.ofStream(driver, ArchiveJournal.STREAM_ID)).hasSize(1);
    }

    @Test
    void shouldKeepTheOldRecordsWhenRewritingFails() {
        append(1, 8);
        assertThatThrownBy(() ->
                        journal.rewrite(sink -> {
                            sink.append(buffer, 0, 8);
                            throw new IllegalStateException("half way");
                        }))
                .hasMessage("half way");
        append(2, 8);
        assertThat(records(0)).containsExactly("1 in 8", "2 in 8");
        assertThat(Recording.ofStream(driver, ArchiveJournal.STREAM_ID)).hasSize(1);
    }

    @Test
    void shouldRefuseARecordThatIsTooLong() {
        assertThat(journal.recordLengthMax()).isEqualTo(128 << 10);
        assertThatThrownBy(() -> journal.append(buffer, 0, journal.recordLengthMax() + 1))
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo("HZ-JRN-003");
        append(1, journal.recordLengthMax());
        assertThat(records(0)).hasSize(1);
    }

    @Test
    void shouldRatherRefuseThanForgetAJournal() throws IOException {
        append(1, 8);
        Path head = driver.dataDirectory().resolve("journal");
        String text = Files.readString(head);
        stop();
        for (String wrong : List.of("", "7", "99 0", text.split(" ")[0] + " 1000000")) {
            Files.writeString(head, wrong);
            assertRefused();
        }
        Files.delete(head);
        assertRefused();
        Files.writeString(head, text);
        start();
        assertThat(records(0)).containsExactly("1 in 8");
    }

    private void assertRefused() {
        driver = EmbeddedDriver.start(TestDriver.config(directory));
        assertThatThrownBy(() -> ArchiveJournal.open(driver))
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo("HZ-JRN-002");
        driver.close();
    }
}
