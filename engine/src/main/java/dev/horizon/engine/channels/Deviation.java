package dev.horizon.engine.channels;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Tier;
import org.jspecify.annotations.Nullable;

/** How far the truth is from what receivers extrapolate, and whether they must be told. */
final class Deviation {
    /** Nothing to send, now or later, until the entity is touched. */
    static final int SILENT = 0;

    /** Nothing to send now, but the truth may part from what receivers extrapolate. */
    static final int WATCH = 1;

    static final int SEND = 2;

    private static final Tier[] TIERS = Tier.values();

    /** Above this, metres per second or per second squared, a motion is taken for nonsense. */
    private static final double MOTION_MAX = 1e12;

    private final Members members;
    private final Tracks tracks;
    private final TableViews views;
    private final int tickHz;
    private final int attitudeTiers;
    private final int[] period = new int[TIERS.length];
    private final double[] errorSquared = new double[TIERS.length];
    private final double[] exactSquared = new double[TIERS.length];
    private final double[] cosineHalfAngle = new double[TIERS.length];
    private final double[] quaternion = new double[4];
    private int now;

    Deviation(
            Channels channels,
            TableViews views,
            ChannelConfig config,
            int tickHz,
            int attitudeTiers) {
        this.members = channels.members;
        this.tracks = channels.members.tracks;
        this.views = views;
        this.tickHz = tickHz;
        this.attitudeTiers = attitudeTiers;
        for (Tier tier : TIERS) {
            TierConfig promises = config.tier(tier);
            int t = tier.ordinal();
            period[t] = channels.due[t].period();
            errorSquared[t] = promises.errorMetres() * promises.errorMetres();
            double step = Math.scalb(1.0, FrameWriter.placeExponent(promises.errorMetres()));
            // Half a step off on each axis, and a little for the arithmetic.
            exactSquared[t] = 0.76 * step * step;
            cosineHalfAngle[t] =
                    StrictMath.cos(StrictMath.toRadians(promises.attitudeErrorDegrees()) / 2);
        }
    }

    void begin(int tick) {
        now = tick;
    }

    /** True while a root moves and turns as receivers extrapolate, and goes on doing so. */
    boolean isAsExpected(int lane, int member, int tier) {
        TableView view = views.at(members.table[member]);
        int row = members.row[member];
        PositionColumn position = view.position;
        if (position == null) {
            return false;
        }
        int place = ofPlace(lane, tier, position, view.motion, row);
        if (place == SEND) {
            return false;
        }
        int turn = SILENT;
        if (hasAttitude(tier) && view.attitude != null) {
            turn = ofTurn(lane, tier, view.attitude, row);
        }
        return turn != SEND && (place == WATCH || turn == WATCH);
    }

    boolean hasAttitude(int tier) {
        return (attitudeTiers & (1 << tier)) != 0;
    }

    /** SILENT, WATCH or SEND. */
    int ofPlace(
            int lane, int tier, PositionColumn position, @Nullable MotionColumn motion, int row) {
        double[] track = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE;
        double seconds = Extrapolation.seconds(now - tracks.placeTick(lane, tier), tickHz);
        double dx = position.x[row] - extrapolated(track, at, seconds);
        double dy = position.y[row] - extrapolated(track, at + 1, seconds);
        double dz = position.z[row] - extrapolated(track, at + 2, seconds);
        double error = dx * dx + dy * dy + dz * dz;
        if (error <= errorSquared[tier]) {
            if (!isSettled(tier, position, motion, row)) {
                return WATCH;
            }
            if (error <= exactSquared[tier] && isZero(track, at + Tracks.MOTION, 6)) {
                return SILENT;
            }
        }
        return SEND;
    }

    private static double extrapolated(double[] track, int at, double seconds) {
        return Extrapolation.place(track[at], track[at + 3], track[at + 6], seconds);
    }

    /** Without motion, and where it was for as long as its channel was silent at most. */
    boolean isSettled(int tier, PositionColumn position, @Nullable MotionColumn motion, int row) {
        return now - position.changedAt(row) >= period[tier]
                && (motion == null || speeds(motion, row) == 0 || !isSane(motion, row));
    }

    static boolean isSane(MotionColumn motion, int row) {
        return speeds(motion, row) < MOTION_MAX;
    }

    private static double speeds(MotionColumn motion, int row) {
        return (double) Math.abs(motion.vx[row])
                + Math.abs(motion.vy[row])
                + Math.abs(motion.vz[row])
                + Math.abs(motion.ax[row])
                + Math.abs(motion.ay[row])
                + Math.abs(motion.az[row]);
    }

    private static boolean isZero(double[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** SILENT, WATCH or SEND. */
    int ofTurn(int lane, int tier, AttitudeColumn truth, int row) {
        double[] turn = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE + Tracks.TURN;
        int turnTick = tracks.turnTick(lane, tier);
        boolean isSteady = isZero(turn, at + 4, 3);
        if (isSteady && truth.changedAt(row) - turnTick <= 0) {
            // What was sent last was this very value, and receivers don't turn it.
            return isSettled(tier, truth, row) ? SILENT : WATCH;
        }
        float x = truth.qx[row];
        float y = truth.qy[row];
        float z = truth.qz[row];
        float w = truth.qw[row];
        double dot;
        if (isSteady) {
            dot = turn[at] * x + turn[at + 1] * y + turn[at + 2] * z + turn[at + 3] * w;
        } else {
            Extrapolation.attitude(
                    turn[at],
                    turn[at + 1],
                    turn[at + 2],
                    turn[at + 3],
                    turn[at + 4],
                    turn[at + 5],
                    turn[at + 6],
                    Extrapolation.seconds(now - turnTick, tickHz),
                    quaternion);
            dot = quaternion[0] * x + quaternion[1] * y + quaternion[2] * z + quaternion[3] * w;
        }
        if (Math.abs(dot) >= cosineHalfAngle[tier]) {
            if (!isSettled(tier, truth, row)) {
                return WATCH;
            }
            if (isSteady && AttitudeCode.pack(x, y, z, w) == tracks.turnCode(lane, tier)) {
                return SILENT;
            }
        }
        return SEND;
    }

    boolean isSettled(int tier, AttitudeColumn truth, int row) {
        return now - truth.changedAt(row) >= period[tier]
                && truth.wx[row] == 0
                && truth.wy[row] == 0
                && truth.wz[row] == 0;
    }
}
