package dev.horizon.net.client;

import dev.horizon.engine.channels.ReplicaEntity;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Shows entities without jumps. With a delay of some ticks it interpolates: what came in for a tick
 * is reached by the time that tick is shown. Without one it extrapolates, and corrections fade over
 * a short time: along a cubic Hermite curve from the place and velocity that were shown to those of
 * the new track (Ferguson 1964). One thread's alone, such as inside {@link LiveReplica#read}.
 */
public final class Display {
    private static final double BLEND_SECONDS = 0.2;

    /** Longer corrections are jumps. */
    private static final double SNAP_METRES = 500;

    /** Who wasn't looked at for so long is shown where it is, without a blend. */
    private static final double UNSEEN_SECONDS = 1;

    private final int tickHz;
    private final Map<ReplicaEntity, Shown> shown = new WeakHashMap<>();
    private double delayTicks;

    /** A display that extrapolates, of a star system with so many ticks a second. */
    public Display(int tickHz) {
        this.tickHz = tickHz;
    }

    /** Shows a moment so many ticks ago; 0 extrapolates. */
    public Display delayTicks(double ticks) {
        delayTicks = ticks;
        return this;
    }

    /**
     * Where an entity is shown.
     *
     * @param tick now, may have a fraction; the delay is taken off here
     * @param out receives x, y, z in metres
     * @return false when it has no place of its own; {@code out} is untouched
     */
    public boolean place(ReplicaEntity entity, double tick, double[] out) {
        double moment = tick - delayTicks;
        double tickSeconds = 1.0 / tickHz;
        double[] velocity = new double[3];
        double[] track = new double[Shown.TRACK];
        if (!entity.place(moment, tickSeconds, out) || !entity.track(track)) {
            return false;
        }
        entity.velocity(moment, tickSeconds, velocity);
        Shown last = shown.get(entity);
        if (last == null) {
            last = new Shown();
            last.follow(track, entity.flight());
            shown.put(entity, last);
        } else if (last.differs(track)) {
            boolean isSeen = Math.abs(moment - last.seen) <= UNSEEN_SECONDS * tickHz;
            double ahead = Math.min(track[Shown.TRACK - 1] - moment, delayTicks);
            double ticks = isSeen ? Math.max(ahead, BLEND_SECONDS * tickHz) : 0;
            last.bend(moment, ticks, tickHz, SNAP_METRES, out, velocity);
            last.follow(track, entity.flight());
        }
        last.seen = moment;
        last.apply(moment, out);
        return true;
    }
}
