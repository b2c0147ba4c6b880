package dev.horizon.net.gateway;

import dev.horizon.schemas.session.ClientEventEncoder;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Binary messages of clients. */
final class InputFrames {
    private InputFrames() {}

    static byte[] event(int sequence, int type, byte[] payload) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64 + payload.length]);
        ClientEventEncoder event =
                new ClientEventEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                        .sequence(sequence)
                        .eventType(type)
                        .putPayload(payload, 0, payload.length);
        return Arrays.copyOf(
                out.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + event.encodedLength());
    }
}
