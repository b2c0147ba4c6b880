package dev.horizon.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventField.Kind;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    enum Colour {
        RED,
        GREEN
    }

    record Inner(int number, String word) {}

    record Everything(
            boolean yes,
            int whole,
            long large,
            float small,
            double wide,
            String text,
            Colour colour,
            EntityId entity,
            Inner inner,
            List<Inner> inners,
            List<Integer> numbers) {}

    record Nothing() {}

    record Positive(int value) {
        Positive {
            if (value < 1) {
                throw new IllegalArgumentException("value is below 1");
            }
        }
    }

    record Endless(List<Endless> more) {}

    record Unsupported(char letter) {}

    private static final Everything SAMPLE =
            new Everything(
                    true,
                    -7,
                    Long.MIN_VALUE,
                    1.5f,
                    -2.25,
                    "grüß 👋 gott",
                    Colour.GREEN,
                    EntityId.of(3, 14),
                    new Inner(1, "a"),
                    List.of(new Inner(2, ""), new Inner(3, "ccc")),
                    List.of(4, 5));

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX]);

    private static <E extends Record> EventCodec<E> codec(Class<E> type) {
        return EventCodec.of(Direction.FROM_CLIENT, "test", "event", false, type);
    }

    @Test
    void shouldReadBackWhatItWrites() {
        int length = codec(Everything.class).encode(SAMPLE, buffer, 5);

        assertThat(codec(Everything.class).decode(buffer, 5, length)).isEqualTo(SAMPLE);
    }

    @Test
    void shouldLayFieldsOutInOrderLittleEndianAndUnpadded() {
        record Small(int a, String b, boolean c) {}

        int length = codec(Small.class).encode(new Small(0x01020304, "é", true), buffer, 0);

        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        assertThat(bytes).containsExactly(4, 3, 2, 1, 2, 0, 0xC3, 0xA9, 1);
    }

    @Test
    void shouldCarryAnEventWithoutFields() {
        assertThat(codec(Nothing.class).encode(new Nothing(), buffer, 0)).isZero();
        assertThat(codec(Nothing.class).decode(buffer, 0, 0)).isEqualTo(new Nothing());
    }

    @Test
    void shouldDescribeTheRecord() {
        List<EventField> fields = codec(Everything.class).shape().fields();

        assertThat(fields)
                .extracting(EventField::kind)
                .containsExactly(
                        Kind.BOOLEAN,
                        Kind.INT,
                        Kind.LONG,
                        Kind.FLOAT,
                        Kind.DOUBLE,
                        Kind.TEXT,
                        Kind.ENUM,
                        Kind.ENTITY,
                        Kind.RECORD,
                        Kind.RECORD,
                        Kind.INT);
        assertThat(fields.get(6).constants()).containsExactly("RED", "GREEN");
        assertThat(fields.get(9).list()).isTrue();
        assertThat(fields.get(9).fields())
                .extracting(EventField::name)
                .containsExactly("number", "word");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        int length = codec(Everything.class).encode(SAMPLE, buffer, 0);

        for (int cut = 0; cut < length; cut++) {
            int shortened = cut;
            assertCode("HZ-EVT-001", () -> codec(Everything.class).decode(buffer, 0, shortened));
        }
    }

    @Test
    void shouldRefuseWhatIsLeftOver() {
        int length = codec(Everything.class).encode(SAMPLE, buffer, 0);

        assertCode("HZ-EVT-002", () -> codec(Everything.class).decode(buffer, 0, length + 1));
    }

    @Test
    void shouldRefuseAnOversizedPayload() {
        UnsafeBuffer large = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX + 1]);

        assertCode("HZ-EVT-007", () -> codec(Everything.class).decode(large, 0, large.capacity()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseNumbersThatAreNotFinite(double value) {
        record Number(double value) {}
        record Floating(float value) {}
        buffer.putDouble(0, value, ByteOrder.LITTLE_ENDIAN);
        assertCode("HZ-EVT-003", () -> codec(Number.class).decode(buffer, 0, 8));
        buffer.putFloat(0, (float) value, ByteOrder.LITTLE_ENDIAN);
        assertCode("HZ-EVT-003", () -> codec(Floating.class).decode(buffer, 0, 4));
        assertCode("HZ-EVT-003", () -> codec(Number.class).encode(new Number(value), buffer, 0));
    }

    @Test
    void shouldRefuseValuesThatNoFieldCanBe() {
        record Flag(boolean value) {}
        record Paint(Colour value) {}
        record Words(String value) {}
        buffer.putByte(0, (byte) 2);
        assertCode("HZ-EVT-004", () -> codec(Flag.class).decode(buffer, 0, 1));
        assertCode("HZ-EVT-004", () -> codec(Paint.class).decode(buffer, 0, 1));
        buffer.putShort(0, (short) 1025, ByteOrder.LITTLE_ENDIAN);
        assertCode("HZ-EVT-005", () -> codec(Words.class).decode(buffer, 0, 1027));
        buffer.putShort(0, (short) 1, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(2, (byte) 0xFF);
        assertCode("HZ-EVT-005", () -> codec(Words.class).decode(buffer, 0, 3));
        buffer.putInt(0, 0);
        assertCode("HZ-EVT-006", () -> codec(Positive.class).decode(buffer, 0, 4));
    }

    @Test
    void shouldRefuseRecordsThatNoPayloadCarries() {
        assertCode("HZ-EVT-008", () -> codec(Unsupported.class));
        assertCode("HZ-EVT-008", () -> codec(Endless.class));
    }

    @Test
    void shouldRefuseToWriteNullsAndOverlongTexts() {
        assertCode("HZ-EVT-009", () -> codec(Inner.class).encode(new Inner(1, null), buffer, 0));
        assertCode(
                "HZ-EVT-005",
                () -> codec(Inner.class).encode(new Inner(1, "x".repeat(1025)), buffer, 0));
    }

    @Test
    void shouldNeverAnswerRandomBytesWithAnythingButAnEventOrACode() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = new byte[200];
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            random.nextBytes(bytes);
            if (run % 2 == 0) {
                Arrays.fill(bytes, random.nextInt(100), 200, (byte) 0);
                bytes[0] &= 1;
            }
            buffer.putBytes(0, bytes);
            try {
                codec(Everything.class).decode(buffer, 0, random.nextInt(200));
            } catch (HorizonException e) {
                assertThat(e.code()).as("seed %d run %d", seed, run).startsWith("HZ-EVT-");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static void assertCode(
            String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(HorizonException.class)
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo(code);
    }
}
