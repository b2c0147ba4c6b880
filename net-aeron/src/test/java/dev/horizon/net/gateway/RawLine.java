package dev.horizon.net.gateway;

import dev.horizon.net.driver.LineDriver;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A client over Aeron without manners: bytes as the test wants them, read when it wants to. */
final class RawLine implements AutoCloseable {
    private final Subscription answers;
    final ExclusivePublication out;
    private byte[] come = new byte[0];
    private final Deque<String> messages = new ArrayDeque<>();

    RawLine(LineDriver driver, int port) {
        this(driver, port, "term-length=64k");
    }

    RawLine(LineDriver driver, int port, String more) {
        answers =
                driver.aeron()
                        .addSubscription(
                                "aeron:udp?control-mode=response|control=127.0.0.1:" + (port + 1),
                                2);
        out =
                driver.aeron()
                        .addExclusivePublication(
                                "aeron:udp?endpoint=127.0.0.1:"
                                        + port
                                        + "|response-correlation-id="
                                        + answers.registrationId()
                                        + "|"
                                        + more,
                                1);
    }

    /** Waits until it can say and hear something. */
    RawLine open() {
        Await.until("the line opens", () -> out.isConnected() && answers.isConnected());
        return this;
    }

    RawLine bytes(byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(out.maxPayloadLength(), bytes.length - at);
            UnsafeBuffer part = new UnsafeBuffer(bytes, at, length);
            Await.until("the line takes it", () -> out.offer(part) > 0 || !out.isConnected());
            at += length;
        }
        return this;
    }

    /** One frame of a client, not masked. */
    RawLine frame(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(bytes);
        to.writeByte(opcode);
        if (payload.length <= 125) {
            to.writeByte(payload.length);
        } else {
            to.writeByte(126);
            to.writeShort(payload.length);
        }
        to.write(payload);
        return bytes(bytes.toByteArray());
    }

    RawLine text(String json) throws IOException {
        return frame(0x81, json.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link RawSocket#message()}. */
    @Nullable String message() {
        Await.until("something comes", () -> !messages.isEmpty() || poll() || isOver());
        return messages.poll();
    }

    /** True once the gateway ended it and all was read. */
    boolean isOver() {
        return !answers.isConnected() || answers.imageAtIndex(0).isEndOfStream();
    }

    private boolean poll() {
        answers.poll(
                (buffer, offset, length, header) -> {
                    byte[] all = new byte[come.length + length];
                    System.arraycopy(come, 0, all, 0, come.length);
                    buffer.getBytes(offset, all, come.length, length);
                    come = all;
                },
                10);
        int at = 0;
        while (come.length - at >= 2) {
            int length = come[at + 1];
            int head = 2;
            if (length == 126) {
                head = 4;
                length =
                        come.length - at < head
                                ? 0xFFFF
                                : (come[at + 2] & 0xFF) << 8 | come[at + 3] & 0xFF;
            }
            if (come.length - at < head + length) {
                break;
            }
            take(come[at] & 0xFF, at + head, length);
            at += head + length;
        }
        come = Arrays.copyOfRange(come, at, come.length);
        return !messages.isEmpty();
    }

    private void take(int opcode, int at, int length) {
        if (opcode == WireFrame.CLOSE) {
            int status = (come[at] & 0xFF) << 8 | come[at + 1] & 0xFF;
            String reason = new String(come, at + 2, length - 2, StandardCharsets.UTF_8);
            messages.add("close " + status + " " + reason);
        } else if (opcode == WireFrame.TEXT) {
            messages.add(new String(come, at, length, StandardCharsets.UTF_8));
        } else if (opcode == WireFrame.BINARY) {
            messages.add("binary " + length);
        }
    }

    @Override
    public void close() {
        out.close();
        answers.close();
    }
}
