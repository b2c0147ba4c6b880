package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TickLog;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.TickHashDecoder;
import dev.horizon.schemas.ticklog.TickInputsDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A tick log in memory whose recorder a test can hold back. */
final class MemoryTickLog implements TickLog {
    final List<byte[]> messages = new ArrayList<>();
    boolean isRecording = true;
    boolean isFull;
    boolean keepsNothing;
    private long position;
    private long recorded;

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        if (isFull) {
            return -1;
        }
        if (!keepsNothing) {
            byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            messages.add(message);
        }
        position += length;
        return position;
    }

    @Override
    public long recordedPosition() {
        if (isRecording) {
            recorded = position;
        }
        return recorded;
    }

    @Override
    public void close() {}

    /** Hashes in order of ticks. */
    List<Long> hashes() {
        List<Long> hashes = new ArrayList<>();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (byte[] message : messages) {
            UnsafeBuffer buffer = new UnsafeBuffer(message);
            if (header.wrap(buffer, 0).templateId() == TickHashDecoder.TEMPLATE_ID) {
                hashes.add(new TickHashDecoder().wrapAndApplyHeader(buffer, 0, header).hash());
            }
        }
        return hashes;
    }

    /** Every input of every tick: what a replay is fed with. */
    List<List<byte[]>> inputs() {
        List<List<byte[]>> ticks = new ArrayList<>();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        TickInputsDecoder decoder = new TickInputsDecoder();
        for (byte[] message : messages) {
            UnsafeBuffer buffer = new UnsafeBuffer(message);
            if (header.wrap(buffer, 0).templateId() == TickInputsDecoder.TEMPLATE_ID) {
                decoder.wrapAndApplyHeader(buffer, 0, header);
                int count = (int) decoder.inputCount();
                byte[] inputs = new byte[decoder.inputsLength()];
                decoder.getInputs(inputs, 0, inputs.length);
                UnsafeBuffer entries = new UnsafeBuffer(inputs);
                List<byte[]> found = new ArrayList<>();
                int at = 0;
                for (int i = 0; i < count; i++) {
                    byte[] input = new byte[entries.getInt(at)];
                    entries.getBytes(at + 4, input);
                    found.add(input);
                    at = (at + 4 + input.length + 7) & -8;
                }
                ticks.add(found);
            }
        }
        return ticks;
    }
}
