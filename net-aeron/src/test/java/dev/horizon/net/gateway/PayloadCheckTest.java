package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PayloadCheckTest {
    private static final EventField TEXT = field("text", EventField.Kind.TEXT, false);
    private static final EventShape SHAPE =
            new EventShape(
                    EventShape.Direction.FROM_CLIENT,
                    "test",
                    "all",
                    false,
                    List.of(
                            field("flag", EventField.Kind.BOOLEAN, false),
                            field("number", EventField.Kind.INT, true),
                            field("long", EventField.Kind.LONG, false),
                            field("float", EventField.Kind.FLOAT, false),
                            field("double", EventField.Kind.DOUBLE, false),
                            TEXT,
                            new EventField(
                                    "choice",
                                    EventField.Kind.ENUM,
                                    List.of("ONE", "TWO"),
                                    List.of(),
                                    false),
                            new EventField(
                                    "inner",
                                    EventField.Kind.RECORD,
                                    List.of(),
                                    List.of(field("entity", EventField.Kind.ENTITY, false), TEXT),
                                    true)));

    @Test
    void shouldBeSureOfPlainPayloads() {
        assertThat(PayloadCheck.holds(SHAPE, payload("hello", Float.MAX_VALUE))).isTrue();
    }

    @Test
    void shouldLeaveToTheReaderWhatIsWrongOrForeign() {
        assertThat(PayloadCheck.holds(SHAPE, payload("hello", Float.NaN))).isFalse();
        byte[] longer = Arrays.copyOf(payload("hello", 1), 200);
        assertThat(PayloadCheck.holds(SHAPE, longer)).isFalse();
        byte[] foreign = payload("h\u00e9llo", 1);
        assertThat(PayloadCheck.holds(SHAPE, foreign)).isFalse();
        assertThat(isRead(foreign)).as("right all the same").isTrue();
    }

    @Test
    void shouldNeverTakeWhatTheReaderRefuses() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        byte[] right = payload("hello", 1);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(right, right.length - (random.nextInt(8) == 0 ? 1 : 0));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            if (PayloadCheck.holds(SHAPE, bytes)) {
                taken++;
                assertThat(isRead(bytes)).as("seed %d, round %d", seed, i).isTrue();
            }
        }
        assertThat(taken).isBetween(1_000, 19_000);
    }

    private static boolean isRead(byte[] bytes) {
        try {
            new PayloadReader().read(SHAPE, new UnsafeBuffer(bytes), 0, bytes.length);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private static byte[] payload(String text, float value) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 1).putShort((short) 2).putInt(3).putInt(4).putLong(5).putFloat(value);
        out.putDouble(6).putShort((short) utf8.length).put(utf8).put((byte) 1);
        out.putShort((short) 1).putLong(7).putShort((short) utf8.length).put(utf8);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static EventField field(String name, EventField.Kind kind, boolean list) {
        return new EventField(name, kind, List.of(), List.of(), list);
    }
}
