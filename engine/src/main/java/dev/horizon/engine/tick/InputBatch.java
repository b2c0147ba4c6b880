package dev.horizon.engine.tick;

import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TickInputsEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All inputs of one tick in one buffer, which is at once the TickInputs message that is recorded.
 * An input stands behind its length, a little-endian uint32, at a multiple of 8 bytes from the
 * first.
 */
final class InputBatch {
    private static final int INPUTS_AT =
            MessageHeaderEncoder.ENCODED_LENGTH
                    + TickInputsEncoder.BLOCK_LENGTH
                    + TickInputsEncoder.inputsHeaderLength();
    private static final int ALIGNMENT = 8;

    private final UnsafeBuffer buffer;
    private final int bytesMax;
    private final int inputsMax;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TickInputsEncoder message = new TickInputsEncoder();
    private int inputs;
    private int end = INPUTS_AT;

    InputBatch(int inputsMax, int bytesMax) {
        this.inputsMax = inputsMax;
        this.bytesMax = bytesMax;
        this.buffer = new UnsafeBuffer(new byte[INPUTS_AT + bytesMax]);
    }

    void clear() {
        inputs = 0;
        end = INPUTS_AT;
    }

    /** Adds an input; false where it has to wait for the next tick. */
    boolean add(DirectBuffer source, int offset, int length) {
        int behind = end + entryLength(length);
        if (inputs == inputsMax || behind > INPUTS_AT + bytesMax) {
            return false;
        }
        buffer.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(end + Integer.BYTES, source, offset, length);
        int written = end + Integer.BYTES + length;
        buffer.setMemory(written, behind - written, (byte) 0);
        end = behind;
        inputs++;
        return true;
    }

    /** True when no batch could ever take an input of this length. */
    boolean isTooLong(int length) {
        return length < 0 || entryLength(length) > bytesMax;
    }

    /** Inputs that still fit by number. */
    int room() {
        return inputsMax - inputs;
    }

    /** Writes the head of the message. */
    void seal(long tick) {
        message.wrapAndApplyHeader(buffer, 0, header).tick(tick).inputCount(inputs);
        buffer.putInt(INPUTS_AT - Integer.BYTES, end - INPUTS_AT, ByteOrder.LITTLE_ENDIAN);
    }

    int inputs() {
        return inputs;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Bytes of the whole message. */
    int length() {
        return end;
    }

    /** Where the first entry stands. */
    int first() {
        return INPUTS_AT;
    }

    /** Length of the input of an entry. */
    int inputLength(int entry) {
        return buffer.getInt(entry, ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the input of an entry starts. */
    static int inputAt(int entry) {
        return entry + Integer.BYTES;
    }

    /** Where the entry behind this one stands. */
    int next(int entry) {
        return entry + entryLength(inputLength(entry));
    }

    private static int entryLength(int length) {
        return (Integer.BYTES + length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
