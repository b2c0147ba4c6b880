package dev.horizon.mesh.cluster;

import dev.horizon.mesh.coordinator.Principal;
import io.aeron.security.Authenticator;
import io.aeron.security.SessionProxy;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets in who knows the mesh's key: it names a principal, is challenged, and answers. Runs on the
 * leader's consensus module alone, so its random numbers are no part of the state.
 */
final class MeshAuthenticator implements Authenticator {
    /** Connections that were challenged and have not answered; the oldest give way. */
    private static final int PENDING_MAX = 1_024;

    private enum Proof {
        AWAITED,
        GIVEN,
        WRONG
    }

    private record Pending(Principal principal, byte[] challenge, Proof proof) {}

    private final MeshKey key;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Pending> pending =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Pending> eldest) {
                    return size() > PENDING_MAX;
                }
            };

    MeshAuthenticator(MeshKey key) {
        this.key = key;
    }

    @Override
    public void onConnectRequest(long sessionId, byte[] credentials, long nowMs) {
        try {
            byte[] challenge = new byte[MeshKey.CHALLENGE_BYTES];
            random.nextBytes(challenge);
            pending.put(
                    sessionId,
                    new Pending(Principal.decode(credentials), challenge, Proof.AWAITED));
        } catch (IllegalArgumentException e) {
            // Names no principal: it finds nothing pending and is refused.
            pending.remove(sessionId);
        }
    }

    @Override
    public void onChallengeResponse(long sessionId, byte[] answer, long nowMs) {
        Pending asked = pending.get(sessionId);
        if (asked != null) {
            boolean isRight = key.isAnswer(answer, asked.challenge(), asked.principal());
            Proof proof = isRight ? Proof.GIVEN : Proof.WRONG;
            pending.put(sessionId, new Pending(asked.principal(), asked.challenge(), proof));
        }
    }

    @Override
    public void onConnectedSession(SessionProxy session, long nowMs) {
        Pending asked = pending.get(session.sessionId());
        if (asked == null) {
            session.reject();
        } else {
            session.challenge(asked.challenge());
        }
    }

    /** Called at every turn until it is let in or refused; its answer may still be on the way. */
    @Override
    public void onChallengedSession(SessionProxy session, long nowMs) {
        Pending asked = pending.get(session.sessionId());
        if (asked == null || asked.proof() == Proof.WRONG) {
            pending.remove(session.sessionId());
            session.reject();
        } else if (asked.proof() == Proof.GIVEN
                && session.authenticate(asked.principal().encode())) {
            pending.remove(session.sessionId());
        }
    }
}
