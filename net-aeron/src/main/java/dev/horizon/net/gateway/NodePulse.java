package dev.horizon.net.gateway;

import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.EdgeCache;
import java.util.concurrent.TimeUnit;

/**
 * Knows when a tick of the node is complete: when its end and as many frames as that names have
 * arrived, or none has come for 2 ms since its end, for frames may be lost. To gather while frames
 * wait in the streams would let these fill up, and the node couldn't publish the next. A node that
 * ends no ticks aloud is taken at rest when its streams are. Agent thread.
 */
final class NodePulse implements TickEnds {
    private static final Tier[] TIERS = Tier.values();
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A tick's end that doesn't come is not awaited longer, nor are frames that go on coming. */
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final NodeLink node;
    private final EdgeCache cache;
    private final TickAges ages = new TickAges();
    private long tick;
    private final int[] frames = new int[TIERS.length];
    private float dilation = 1;
    private boolean ended;

    /** When the first tick ended that was not gathered for. */
    private long endedAtNanos;

    /** When frames came for the last time since the tick ended. */
    private long cameAtNanos;

    private long nowNanos;

    /** There is something to gather since the last time: at this moment, if no tick ends before. */
    private boolean fed;

    private long restAtNanos;

    NodePulse(NodeLink node, EdgeCache cache) {
        this.node = node;
        this.cache = cache;
    }

    /** The moment of this round. */
    void now(long nanos) {
        nowNanos = nanos;
    }

    @Override
    public void onAck(Session session, int sequence, long atTick) {
        session.readSequence = sequence;
    }

    @Override
    public void onStir() {
        gatherIn(tick > 0 ? SILENCE_NANOS : 0);
    }

    /** A client could take nothing: a node that is paused would not give it another turn. */
    void onLeftOut() {
        gatherIn(SILENCE_NANOS);
    }

    private void gatherIn(long nanos) {
        long at = nowNanos + nanos;
        if (!fed || at - restAtNanos < 0) {
            fed = true;
            restAtNanos = at;
        }
    }

    @Override
    public void onTickHz(int tickHz) {
        cache.tickHz(tickHz);
        ages.hz(tickHz);
    }

    @Override
    public void onTickEnd(long endedTick, int[] newFrames, float newDilation) {
        tick = endedTick;
        System.arraycopy(newFrames, 0, frames, 0, frames.length);
        dilation = newDilation;
        ages.heard(endedTick, newDilation, nowNanos);
        if (!ended) {
            endedAtNanos = nowNanos;
        }
        ended = true;
        cameAtNanos = nowNanos;
    }

    /**
     * Looks whether a tick is complete, once per round, after both streams were polled.
     *
     * @param polled frames of this round
     * @return true when clients are to be gathered for
     */
    boolean isComplete(int polled) {
        if (polled > 0) {
            onStir();
            cameAtNanos = nowNanos;
        }
        if (ended) {
            if (isMissingFrames()
                    && nowNanos - cameAtNanos < PATIENCE_NANOS
                    && nowNanos - endedAtNanos < SILENCE_NANOS) {
                return false;
            }
            cache.tick(tick);
        } else if (!fed || polled > 0 || nowNanos - restAtNanos < 0) {
            return false;
        }
        ended = false;
        fed = false;
        return true;
    }

    /** Of tiers that arrive here; those that don't are nobody's to wait for. */
    private boolean isMissingFrames() {
        for (Tier tier : TIERS) {
            if (node.framesOf(tier, tick) < frames[tier.ordinal()]) {
                return true;
            }
        }
        return false;
    }

    /** Ages of its ticks. */
    TickAges ages() {
        return ages;
    }

    /** 0 before the first. */
    long tick() {
        return tick;
    }

    /** Simulated time per wall time. */
    float dilation() {
        return dilation;
    }
}
