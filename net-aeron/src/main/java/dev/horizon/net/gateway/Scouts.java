package dev.horizon.net.gateway;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows, at a node, what sessions will see there that are about to come to it: so that all of it
 * is at hand when they come. Agent thread.
 */
final class Scouts {
    /** After so many ticks keyframes have come, and streams that had to be joined for them. */
    private static final int READY_TICKS = 6;

    /** A session that hasn't come by then won't: seconds of the node's ticks. */
    private static final int SECONDS_MAX = 10;

    private static final long NOT_YET = Long.MIN_VALUE;

    /** One session to come. */
    private static final class Scout {
        final Session of;
        final Session eyes;

        /** What its node is told once all is at hand; null once it was. */
        @Nullable Runnable ready;

        long sinceTick = NOT_YET;

        Scout(Session of, Session eyes, Runnable ready) {
            this.of = of;
            this.eyes = eyes;
            this.ready = ready;
        }
    }

    private final Side side;
    private final GatewayConfig config;
    private final List<Scout> scouts = new ArrayList<>();

    Scouts(Side side, GatewayConfig config) {
        this.side = side;
        this.config = config;
    }

    /** Begins to look for a session; says when all is at hand. */
    void send(Session session, Runnable ready) {
        for (Scout known : scouts) {
            if (known.of == session) {
                known.ready = ready;
                known.sinceTick = NOT_YET;
                return;
            }
        }
        Session eyes = Session.scout(session, side.edge, config);
        side.fanOut.join(eyes);
        scouts.add(new Scout(session, eyes, ready));
    }

    /** The session has come, and follows by itself what its scout did; or it never will. */
    void end(Session session) {
        for (int i = scouts.size() - 1; i >= 0; i--) {
            if (scouts.get(i).of == session) {
                end(i);
            }
        }
    }

    private void end(int index) {
        Session eyes = scouts.remove(index).eyes;
        side.release(eyes);
        side.fanOut.end(eyes);
    }

    /** A tick of the node is whole. */
    void follow() {
        long tick = side.fanOut.cache().tick();
        int hz = side.fanOut.cache().tickHz();
        for (int i = scouts.size() - 1; i >= 0; i--) {
            Scout scout = scouts.get(i);
            side.edge.seeLike(scout.eyes.viewer, scout.of.viewer);
            side.edge.follow(scout.eyes.viewer);
            if (scout.sinceTick == NOT_YET) {
                scout.sinceTick = tick;
            }
            Runnable ready = scout.ready;
            if (ready != null && tick - scout.sinceTick >= READY_TICKS) {
                scout.ready = null;
                ready.run();
            }
            boolean isOver = scout.of.state == Session.State.CLOSED;
            if (isOver || Math.abs(tick - scout.sinceTick) > (long) SECONDS_MAX * hz) {
                end(i);
            }
        }
    }
}
