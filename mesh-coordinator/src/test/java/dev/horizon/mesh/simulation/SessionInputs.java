package dev.horizon.mesh.simulation;

import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.RawClientMessageEncoder;
import dev.horizon.schemas.ticklog.SessionFollowsEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** What the simulated gateway tells nodes. */
final class SessionInputs {
    private static final int NEW = 0;
    private static final int REATTACHED = 3;
    private static final byte[] NOTHING = {};

    private SessionInputs() {}

    /** The player has the session's number. */
    static byte[] opened(long session, boolean isNew) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
        SessionOpenedEncoder message =
                new SessionOpenedEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(session)
                .playerId(session)
                .gatewayId(SimulatedGateway.ID)
                .resumed((short) (isNew ? NEW : REATTACHED))
                .resumeNonce(99)
                .begins(0)
                .playerName("player-" + session)
                .remoteAddress("127.0.0.1")
                .putProfile(NOTHING, 0, 0);
        return bytes(out, message.encodedLength());
    }

    /** The number is the input's, too. */
    static byte[] number(long session, int number) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
        byte[] text = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
        RawClientMessageEncoder message =
                new RawClientMessageEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(session)
                .sequence(number)
                .eventNamespace("count")
                .eventName("number")
                .putData(text, 0, text.length);
        return bytes(out, message.encodedLength());
    }

    static byte[] follows(long session, long destination, boolean follows) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        SessionFollowsEncoder message =
                new SessionFollowsEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        message.sessionId(session).destination(destination).follows((short) (follows ? 1 : 0));
        return bytes(out, message.encodedLength());
    }

    private static byte[] bytes(UnsafeBuffer out, int bodyLength) {
        return Arrays.copyOf(out.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }
}
