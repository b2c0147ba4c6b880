package dev.horizon.net.gateway;

import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.RawClientMessageEncoder;
import dev.horizon.schemas.ticklog.SessionClosedEncoder;
import dev.horizon.schemas.ticklog.SessionEventEncoder;
import dev.horizon.schemas.ticklog.SessionFollowsEncoder;
import dev.horizon.schemas.ticklog.SessionInputEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds the recorded inputs that a gateway sends. */
final class InputMessages {
    private static final int VARIABLE_PARTS_BYTES = 16;

    private static final byte[] NOTHING = {};

    /** What a login asks for. */
    enum Opening {
        NEW(0),
        RESUMED(1),
        REATTACHED(3);

        private final short code;

        Opening(int code) {
            this.code = (short) code;
        }
    }

    private InputMessages() {}

    /** A login; the node adds the player's profile. */
    static byte[] opened(
            Session session, int gatewayId, Opening opening, long nonce, String address) {
        byte[] player = utf8(session.player());
        byte[] remote = utf8(address);
        UnsafeBuffer out = buffer(SessionOpenedEncoder.BLOCK_LENGTH, player.length + remote.length);
        SessionOpenedEncoder message =
                new SessionOpenedEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(session.id())
                .playerId(session.playerId())
                .gatewayId(gatewayId)
                .resumed(opening.code)
                .resumeNonce(nonce)
                .begins(session.begins)
                .putPlayerName(player, 0, player.length)
                .putRemoteAddress(remote, 0, remote.length)
                .putProfile(NOTHING, 0, 0);
        return bytes(out, message.encodedLength());
    }

    static byte[] closed(long sessionId, int reason) {
        UnsafeBuffer out = buffer(SessionClosedEncoder.BLOCK_LENGTH, 0);
        SessionClosedEncoder message =
                new SessionClosedEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(sessionId).reason((short) reason);
        return bytes(out, message.encodedLength());
    }

    /** Whether this gateway goes along with a session to another node. */
    static byte[] follows(long sessionId, long destination, boolean follows) {
        UnsafeBuffer out = buffer(SessionFollowsEncoder.BLOCK_LENGTH, 0);
        SessionFollowsEncoder message =
                new SessionFollowsEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(sessionId).destination(destination).follows((short) (follows ? 1 : 0));
        return bytes(out, message.encodedLength());
    }

    static byte[] event(long sessionId, int sequence, int eventType, byte[] payload) {
        UnsafeBuffer out = buffer(SessionEventEncoder.BLOCK_LENGTH, payload.length);
        SessionEventEncoder message =
                new SessionEventEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(sessionId)
                .sequence(Integer.toUnsignedLong(sequence))
                .eventType(eventType)
                .putPayload(payload, 0, payload.length);
        return bytes(out, message.encodedLength());
    }

    static byte[] input(long sessionId, int sequence, int eventType, byte[] payload) {
        UnsafeBuffer out = buffer(SessionInputEncoder.BLOCK_LENGTH, payload.length);
        SessionInputEncoder message =
                new SessionInputEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(sessionId)
                .sequence(Integer.toUnsignedLong(sequence))
                .eventType(eventType)
                .putPayload(payload, 0, payload.length);
        return bytes(out, message.encodedLength());
    }

    static byte[] raw(long sessionId, int sequence, Envelope envelope) {
        byte[] namespace = utf8(envelope.namespace());
        byte[] event = utf8(envelope.event());
        byte[] data = utf8(envelope.data().toString());
        UnsafeBuffer out =
                buffer(
                        RawClientMessageEncoder.BLOCK_LENGTH,
                        namespace.length + event.length + data.length);
        RawClientMessageEncoder message =
                new RawClientMessageEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(sessionId)
                .sequence(Integer.toUnsignedLong(sequence))
                .putEventNamespace(namespace, 0, namespace.length)
                .putEventName(event, 0, event.length)
                .putData(data, 0, data.length);
        return bytes(out, message.encodedLength());
    }

    private static UnsafeBuffer buffer(int blockLength, int variableBytes) {
        return new UnsafeBuffer(
                new byte
                        [MessageHeaderEncoder.ENCODED_LENGTH
                                + blockLength
                                + VARIABLE_PARTS_BYTES
                                + variableBytes]);
    }

    private static byte[] bytes(UnsafeBuffer out, int bodyLength) {
        return Arrays.copyOf(out.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
