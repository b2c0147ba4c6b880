package dev.horizon.engine.tick;

import dev.horizon.engine.world.EntityId;
import org.agrona.DirectBuffer;

/** A SessionOpened input, read; the profile stays in the buffer. */
record Login(
        long sessionId,
        long playerId,
        int gatewayId,
        boolean resumed,
        long resumeNonce,
        String name,
        String remoteAddress,
        DirectBuffer buffer,
        int profileOffset,
        int profileLength) {

    /** The state of a session that begins with this login. */
    SessionState newState() {
        return new SessionState(
                sessionId(),
                playerId(),
                gatewayId(),
                0,
                resumeNonce(),
                EntityId.NONE,
                0,
                0,
                0,
                true,
                name(),
                remoteAddress());
    }

    /** The state of a session that this login takes up again. */
    SessionState resumedState(SessionState state) {
        return new SessionState(
                state.sessionId(),
                state.playerId(),
                gatewayId(),
                state.lastInputSequence(),
                resumeNonce(),
                state.focus(),
                state.x(),
                state.y(),
                state.z(),
                state.keepsProfile(),
                state.name(),
                remoteAddress());
    }
}
