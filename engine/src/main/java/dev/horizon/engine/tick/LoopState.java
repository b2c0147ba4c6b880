package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.Utf8;
import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.schedule.Schedule;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All that ticks depend on and that no column holds, as bytes and back. Form, little-endian, part
 * by part: length of the name, 8 bits; name; length, 32 bits; what the part wrote.
 */
final class LoopState {
    private static final int NAME_BYTES_MAX = 255;

    private final List<StatePart> parts = new ArrayList<>();

    LoopState(EventBus events, Schedule schedule, TickMetrics metrics, List<StatePart> others) {
        parts.add(new Dilation(metrics));
        parts.add(new Step(metrics));
        parts.add(
                new Names(
                        "skipped plugins",
                        events::writeSkipped,
                        plugin -> {
                            events.skip(plugin, true);
                            schedule.skip(plugin, true);
                        }));
        parts.add(new Names("quarantined handlers", events::writeQuarantined, events::quarantine));
        parts.add(
                new Names("quarantined systems", schedule::writeQuarantined, schedule::quarantine));
        parts.addAll(others);
    }

    /** Writes all parts; returns bytes written. Allocates nothing once the buffer has grown. */
    int write(ExpandableArrayBuffer out) {
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            StatePart part = parts.get(i);
            int nameLength = Utf8.encode(part.name(), out, at + 1, NAME_BYTES_MAX);
            out.putByte(at, (byte) nameLength);
            at += 1 + nameLength;
            int length = part.write(out, at + Integer.BYTES);
            out.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
            at += Integer.BYTES + length;
        }
        return at;
    }

    /** All parts as written. */
    byte[] toBytes() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        byte[] bytes = new byte[write(buffer)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /**
     * Hands the parts over.
     *
     * @throws HorizonException HZ-TAPE-011 when there is one that this build doesn't know
     */
    void read(byte[] state) {
        DirectBuffer in = new UnsafeBuffer(state);
        int at = 0;
        while (at < state.length) {
            int nameLength = in.getByte(at) & 0xFF;
            String name = new String(state, at + 1, nameLength, StandardCharsets.UTF_8);
            at += 1 + nameLength;
            int length = in.getInt(at, ByteOrder.LITTLE_ENDIAN);
            at += Integer.BYTES;
            in.boundsCheck(at, length);
            find(name).read(in, at, length);
            at += length;
        }
    }

    /** One part of a state, as the state of a loop that knows nothing else. */
    static byte[] only(String wanted, byte[] state) {
        DirectBuffer in = new UnsafeBuffer(state);
        int at = 0;
        while (at < state.length) {
            int nameLength = in.getByte(at) & 0xFF;
            String name = new String(state, at + 1, nameLength, StandardCharsets.UTF_8);
            int head = 1 + nameLength + Integer.BYTES;
            int end = at + head + in.getInt(at + 1 + nameLength, ByteOrder.LITTLE_ENDIAN);
            if (name.equals(wanted)) {
                return Arrays.copyOfRange(state, at, end);
            }
            at = end;
        }
        return new byte[0];
    }

    private StatePart find(String name) {
        for (StatePart part : parts) {
            if (part.name().equals(name)) {
                return part;
            }
        }
        throw new HorizonException(
                "HZ-TAPE-011",
                "the snapshot holds '"
                        + name
                        + "', which this build doesn't know: go on with the build that took it");
    }

    /** Simulated time per real time. */
    private record Dilation(TickMetrics metrics) implements StatePart {
        @Override
        public String name() {
            return "dilation";
        }

        @Override
        public int write(MutableDirectBuffer out, int offset) {
            out.putInt(offset, metrics.dilationPermille(), ByteOrder.LITTLE_ENDIAN);
            return Integer.BYTES;
        }

        @Override
        public void read(DirectBuffer in, int offset, int length) {
            metrics.dilation(in.getInt(offset, ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** How far the node goes against overload. */
    private record Step(TickMetrics metrics) implements StatePart {
        @Override
        public String name() {
            return "overload step";
        }

        @Override
        public int write(MutableDirectBuffer out, int offset) {
            out.putByte(offset, (byte) metrics.overloadStep().ordinal());
            return Byte.BYTES;
        }

        @Override
        public void read(DirectBuffer in, int offset, int length) {
            metrics.overloadStep(OverloadStep.of(in.getByte(offset)));
        }
    }

    /** Writes lines of UTF-8, each with its end; returns bytes written. */
    @FunctionalInterface
    private interface LineWriter {
        int write(MutableDirectBuffer out, int offset);
    }

    /** Takes one line. */
    @FunctionalInterface
    private interface LineReader {
        void read(String line);
    }

    /** A part of names, a line each. */
    private record Names(String name, LineWriter writer, LineReader reader) implements StatePart {
        @Override
        public int write(MutableDirectBuffer out, int offset) {
            return writer.write(out, offset);
        }

        @Override
        public void read(DirectBuffer in, int offset, int length) {
            byte[] bytes = new byte[length];
            in.getBytes(offset, bytes);
            new String(bytes, StandardCharsets.UTF_8).lines().forEach(reader::read);
        }
    }
}
