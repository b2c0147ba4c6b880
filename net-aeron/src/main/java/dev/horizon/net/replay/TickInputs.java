package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TapeSetupDecoder;
import dev.horizon.schemas.ticklog.TapeSetupEncoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * All that one tick read from outside, in order: each input a message of the tick-log schema behind
 * its length, a little-endian uint32, at a multiple of 8 bytes.
 */
final class TickInputs {
    private static final int ALIGNMENT = 8;

    private final byte[] bytes;

    /** As TickInputs.inputs has them. */
    TickInputs(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of single messages. */
    static TickInputs of(List<byte[]> messages) {
        int length = 0;
        for (byte[] message : messages) {
            length += entryLength(message.length);
        }
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        int at = 0;
        for (byte[] message : messages) {
            buffer.putInt(at, message.length, ByteOrder.LITTLE_ENDIAN);
            buffer.putBytes(at + Integer.BYTES, message);
            at += entryLength(message.length);
        }
        return new TickInputs(buffer.byteArray());
    }

    /** The bytes, not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * The single messages.
     *
     * @throws HorizonException HZ-TAPE-006 when one ends beyond the tick
     */
    List<byte[]> messages(long tick) {
        List<byte[]> messages = new ArrayList<>();
        feed(
                (buffer, offset, length) -> {
                    byte[] message = new byte[length];
                    buffer.getBytes(offset, message);
                    return messages.add(message);
                },
                tick);
        return messages;
    }

    /** Hands all over as the tick took them then; returns how many. */
    int feed(InputSource.InputHandler handler, long tick) {
        DirectBuffer buffer = new UnsafeBuffer(bytes);
        int at = 0;
        int fed = 0;
        while (at + Integer.BYTES <= bytes.length) {
            int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            if (length < 0 || length > bytes.length - at - Integer.BYTES) {
                throw new HorizonException(
                        "HZ-TAPE-006", "an input of tick " + tick + " ends beyond its tick");
            }
            if (!handler.onInput(buffer, at + Integer.BYTES, length)) {
                throw new HorizonException(
                        "HZ-TAPE-006", "tick " + tick + " has more inputs than one takes");
            }
            at += entryLength(length);
            fed++;
        }
        return fed;
    }

    /** What the first input says of the node from this tick on, if it does; else null. */
    @Nullable TapeSetup setup() {
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        int at = Integer.BYTES;
        if (bytes.length < at + MessageHeaderDecoder.ENCODED_LENGTH) {
            return null;
        }
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, at);
        if (header.schemaId() != TapeSetupDecoder.SCHEMA_ID
                || header.templateId() != TapeSetupDecoder.TEMPLATE_ID) {
            return null;
        }
        TapeSetupDecoder decoder = new TapeSetupDecoder().wrapAndApplyHeader(buffer, at, header);
        byte[] json = new byte[decoder.setupLength()];
        decoder.getSetup(json, 0, json.length);
        return TapeSetup.decode(json);
    }

    /** The same tick, at whose beginning other plugins are loaded, or none any more for null. */
    TickInputs with(@Nullable TapeSetup other, long tick) {
        List<byte[]> messages = new ArrayList<>(messages(tick));
        if (setup() != null) {
            messages.removeFirst();
        }
        if (other != null) {
            messages.addFirst(encoded(other.encode()));
        }
        return of(messages);
    }

    private static byte[] encoded(byte[] setup) {
        byte[] message =
                new byte
                        [MessageHeaderDecoder.ENCODED_LENGTH
                                + TapeSetupEncoder.setupHeaderLength()
                                + setup.length];
        new TapeSetupEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderEncoder())
                .putSetup(setup, 0, setup.length);
        return message;
    }

    private static int entryLength(int length) {
        return (Integer.BYTES + length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TickInputs inputs && Arrays.equals(bytes, inputs.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
