package dev.horizon.engine.tick;

import dev.horizon.engine.events.Players;
import dev.horizon.engine.world.EntityId;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * A SessionOpened input, read; the profile stays in the buffer.
 *
 * @param begins home of the node where the player is to begin who owns nothing; 0 for this one
 */
record Login(
        long sessionId,
        long playerId,
        int gatewayId,
        Kind kind,
        long resumeNonce,
        long begins,
        String name,
        String remoteAddress,
        DirectBuffer buffer,
        int profileOffset,
        int profileLength) {
    private static final EntityId[] NO_LIST = new EntityId[Players.FOCUS_LIST_MAX];
    private static final int[] NO_AUDIENCES = new int[Players.AUDIENCES_MAX];

    static {
        Arrays.fill(NO_LIST, EntityId.NONE);
    }

    /** What the player asks for; the ordinals are recorded. */
    enum Kind {
        /** A new session. */
        NEW,
        /** Going on with one. */
        RESUMED,
        /** A new session, whose profile can't be read: it may not begin. */
        UNREADABLE,
        /** Going on at the gateway where it was, which lost the node meanwhile, not the player. */
        REATTACHED
    }

    /** The state of a session that begins with this login. */
    SessionState newState() {
        return new SessionState(
                sessionId(),
                playerId(),
                gatewayId(),
                0,
                0,
                resumeNonce(),
                EntityId.NONE,
                NO_LIST,
                NO_AUDIENCES,
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
                0,
                state.lastInputSequence(),
                // The ticket that was presented is used with this.
                kind() == Kind.RESUMED ? state.resumeNonce() + 1 : state.resumeNonce(),
                state.focus(),
                state.focusList(),
                state.audiences(),
                state.x(),
                state.y(),
                state.z(),
                state.keepsProfile(),
                state.name(),
                remoteAddress());
    }
}
