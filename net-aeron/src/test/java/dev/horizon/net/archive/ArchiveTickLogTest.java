package dev.horizon.net.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TapeStartDecoder;
import dev.horizon.schemas.ticklog.TickHashDecoder;
import dev.horizon.schemas.ticklog.TickHashEncoder;
import dev.horizon.schemas.ticklog.TickInputsDecoder;
import dev.horizon.schemas.ticklog.TickInputsEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTickLogTest {
    private static final TapeHeader HEADER = new TapeHeader(42, 7, 20, "sol", "test build");
    private static final TickLogConfig CONFIG =
            new TickLogConfig(3, 1L << 30, 86_400, 600, 128 << 10);

    @TempDir Path directory;
    private EmbeddedDriver driver;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512 << 10);

    @BeforeEach
    void start() {
        driver = EmbeddedDriver.start(TestDriver.config(directory));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void restart() {
        driver.close();
        start();
    }

    private long offerTick(ArchiveTickLog log, long tick, int inputBytes) {
        TickInputsEncoder inputs = new TickInputsEncoder();
        inputs.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .tick(tick)
                .inputCount(1)
                .putInputs(new byte[inputBytes], 0, inputBytes);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + inputs.encodedLength();
        TestDriver.await("room on the tape", () -> log.offer(buffer, 0, length) > 0);
        TickHashEncoder hash = new TickHashEncoder();
        hash.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .tick(tick)
                .hash(tick * 31)
                .entities(5);
        long[] position = new long[1];
        TestDriver.await(
                "room on the tape",
                () ->
                        (position[0] =
                                        log.offer(
                                                buffer,
                                                0,
                                                MessageHeaderEncoder.ENCODED_LENGTH
                                                        + hash.encodedLength()))
                                > 0);
        return position[0];
    }

    private List<String> messages(Tape tape) {
        List<String> messages = new ArrayList<>();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        new TapeReader(driver)
                .read(
                        tape,
                        (position, b, o, l) ->
                                messages.add(
                                        switch (header.wrap(b, o).templateId()) {
                                            case TapeStartDecoder.TEMPLATE_ID -> {
                                                TapeStartDecoder start =
                                                        new TapeStartDecoder()
                                                                .wrapAndApplyHeader(b, o, header);
                                                yield "start "
                                                        + start.seed()
                                                        + " "
                                                        + start.firstTick()
                                                        + " "
                                                        + start.tickHz()
                                                        + " "
                                                        + start.starSystem()
                                                        + " "
                                                        + start.build();
                                            }
                                            case TickInputsDecoder.TEMPLATE_ID ->
                                                    "inputs "
                                                            + new TickInputsDecoder()
                                                                    .wrapAndApplyHeader(
                                                                            b, o, header)
                                                                    .tick()
                                                            + " in "
                                                            + l;
                                            case TickHashDecoder.TEMPLATE_ID ->
                                                    "hash "
                                                            + new TickHashDecoder()
                                                                    .wrapAndApplyHeader(
                                                                            b, o, header)
                                                                    .hash();
                                            default -> "unknown";
                                        }));
        return messages;
    }

    @Test
    void shouldReadBackWhatItRecordedWithTheStartFirst() {
        TapeReader reader = new TapeReader(driver);
        try (ArchiveTickLog log = ArchiveTickLog.open(driver, CONFIG, HEADER)) {
            long position = offerTick(log, 7, 10);
            offerTick(log, 8, 5_000);
            long last = offerTick(log, 9, 0);
            assertThat(last).isGreaterThan(position);
            TestDriver.await("the recorder", () -> log.recordedPosition() >= last);
            assertThat(log.recordedPosition()).isEqualTo(last);
            assertThat(log.isRecording()).isTrue();
            Tape running = reader.list().getLast();
            assertThat(running.endPosition()).isEqualTo(last);
            assertThat(messages(running))
                    .containsExactly(
                            "start 42 7 20 sol test build",
                            "inputs 7 in 34",
                            "hash 217",
                            "inputs 8 in 5024",
                            "hash 248",
                            "inputs 9 in 24",
                            "hash 279");
            List<Long> fromMiddle = new ArrayList<>();
            reader.read(running, position, (p, b, o, l) -> fromMiddle.add(p));
            assertThat(fromMiddle).hasSize(4).last().isEqualTo(last);
        }
        restart();
        assertThat(messages(new TapeReader(driver).list().getFirst())).hasSize(7);
    }

    @Test
    void shouldTellTheLastTickFromTheEndOfTheTape() {
        try (ArchiveTickLog log = ArchiveTickLog.open(driver, CONFIG, HEADER)) {
            TapeReader reader = new TapeReader(driver);
            assertThat(reader.lastTick(reader.list().getLast())).isEmpty();
            assertThat(reader.nextTick()).isEqualTo(1);
            // Several terms, so that the end is not the beginning.
            for (long tick = 7; tick < 107; tick++) {
                offerTick(log, tick, 2_000);
            }
        }
        restart();
        TapeReader reader = new TapeReader(driver);
        assertThat(reader.lastTick(reader.list().getLast())).hasValue(106);
        assertThat(reader.nextTick()).isEqualTo(107);
    }

    @Test
    void shouldKeepTheLastTapesAlone() {
        List<Long> ids = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            try (ArchiveTickLog log = ArchiveTickLog.open(driver, CONFIG, HEADER)) {
                ids.add(log.recordingId());
                offerTick(log, run, 100);
            }
            restart();
        }
        assertThat(new TapeReader(driver).list())
                .extracting(Tape::recordingId)
                .containsExactlyElementsOf(ids.subList(2, 5));
        TickLogConfig tight = new TickLogConfig(100, 1, 86_400, 600, 128 << 10);
        try (ArchiveTickLog log = ArchiveTickLog.open(driver, tight, HEADER)) {
            assertThat(new TapeReader(driver).list())
                    .extracting(Tape::recordingId)
                    .containsExactly(ids.getLast(), log.recordingId());
        }
    }

    @Test
    void shouldNeverWaitForTheDisk() {
        try (ArchiveTickLog log = ArchiveTickLog.open(driver, CONFIG, HEADER)) {
            assertThatThrownBy(() -> log.offer(buffer, 0, log.messageLengthMax() + 1))
                    .extracting(e -> ((HorizonException) e).code())
                    .isEqualTo("HZ-TAPE-001");
            int taken = 0;
            // The recorder is fast, but not as fast as a thread that does nothing else.
            while (log.offer(buffer, 0, 8_000) > 0 && taken < 1_000_000) {
                taken++;
            }
            assertThat(taken).isLessThan(1_000_000);
        }
    }
}
