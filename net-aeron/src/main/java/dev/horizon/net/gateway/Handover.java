package dev.horizon.net.gateway;

import dev.horizon.net.edge.Viewer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Goes along with sessions from one node to another: looks at the other before they go, and lets
 * their clients see by it once they are there. Agent thread.
 */
final class Handover {
    /** A node that says for so long that a session isn't there yet won't get it. */
    static final long UNDERWAY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<Side> sides;
    private final SessionDesk desk;
    private final Flushing flushing;
    private long nowNanos;

    Handover(List<Side> sides, SessionDesk desk, Flushing flushing) {
        this.sides = sides;
        this.desk = desk;
        this.flushing = flushing;
    }

    /** The moment of this round. */
    void now(long nanos) {
        nowNanos = nanos;
    }

    /** A node's session is to go to another: it waits for word that this gateway follows. */
    void asked(Session session, Side from, long home) {
        if (session.route.node() != from) {
            return;
        }
        Side to = find(home);
        if (to == null || !to.isThere() || !to.speaksLike(from)) {
            from.send(InputMessages.follows(session.id(), home, false));
            return;
        }
        to.scouts.send(session, () -> from.send(InputMessages.follows(session.id(), home, true)));
    }

    /** A node let a session go to another; or it never had it, since its player is there. */
    void gone(Session session, Side from, long home) {
        Side to = find(home);
        if (to != null) {
            boolean isToBegin = session.begins == home;
            session.begins = 0;
            boolean isLet = session.route.gone(from, to, nowNanos);
            session.deadlineNanos = nowNanos + UNDERWAY_NANOS;
            if (isLet && isToBegin && to.isThere()) {
                session.route.open(to); // Nothing is on its way there that it would wait for.
            }
        } else if (session.route.node() == from) {
            desk.endedByNode(
                    session,
                    Refusal.closing(
                            Refusal.NODE_UNKNOWN,
                            "your ship is at a node that this gateway doesn't know: go on at"
                                    + " another gateway with the resume ticket"));
        }
    }

    /** A node doesn't know a session: another may have it. */
    void unknown(Session session, Side by, Refusal refusal) {
        if (session.route.refused(by, nowNanos) != Route.Refused.UNKNOWN) {
            return;
        }
        session.unknownAt |= 1 << sides.indexOf(by);
        Side there = next(session, true);
        Side away = next(session, false);
        if (there != null) {
            session.route.open(there);
        } else if (away != null) {
            session.route.await(away);
        } else {
            desk.endedByNode(session, refusal);
        }
    }

    private @Nullable Side next(Session session, boolean isThere) {
        for (int i = 0; i < sides.size(); i++) {
            boolean isUnasked = (session.unknownAt & 1 << i) == 0;
            if (isUnasked && sides.get(i).isThere() == isThere) {
                return sides.get(i);
            }
        }
        return null;
    }

    /** A node has the session: from now on its client sees by that. */
    void come(Session session, Side to, String starSystem, long tick, int tickHz) {
        Side from = session.side;
        Viewer fresh = to.edge.join(session.id());
        to.edge.seeLike(fresh, session.viewer);
        // First what its client holds is forgotten: it is told once, by what follows.
        from.fanOut.leave(session);
        from.edge.leave(session.viewer);
        from.remove(session);
        session.see(fresh);
        to.add(session);
        if (session.connection() != null) {
            if (session.state == Session.State.PLAYING) {
                flushing.text(session, Answers.moved(starSystem, tick, tickHz));
            }
            to.edge.follow(session.viewer);
            if (session.observedTier >= 0) {
                to.fanOut.observe(session, session.observedTier);
            }
        }
        to.scouts.end(session);
    }

    private @Nullable Side find(long home) {
        for (Side side : sides) {
            if (home != 0 && side.node.home() == home) {
                return side;
            }
        }
        return null;
    }
}
