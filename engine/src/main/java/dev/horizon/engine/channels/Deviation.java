package dev.horizon.engine.channels;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SteeringColumn;
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
    private final Seats seats;
    private final TableViews views;
    private final TickAges age;
    private final int attitudeTiers;
    private final boolean isReckoning;
    private final int[] period = new int[TIERS.length];
    private final double[] errorSquared = new double[TIERS.length];
    private final double[] exactSquared = new double[TIERS.length];
    private final double[] cosineHalfAngle = new double[TIERS.length];
    private final double[] sineHalfAngleSquared = new double[TIERS.length];
    private final double[] quaternion = new double[4];
    private final Steerer steerer;
    private int now;

    Deviation(
            Channels channels,
            TableViews views,
            Steerer steerer,
            ChannelConfig config,
            int tickHz,
            int attitudeTiers) {
        this.steerer = steerer;
        this.members = channels.members;
        this.tracks = channels.members.tracks;
        this.seats = channels.seats;
        this.views = views;
        this.age = new TickAges(tickHz);
        this.attitudeTiers = attitudeTiers;
        this.isReckoning = config.deadReckoning();
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
            sineHalfAngleSquared[t] = 1 - cosineHalfAngle[t] * cosineHalfAngle[t];
        }
    }

    void begin(long tick) {
        now = (int) tick;
        steerer.begin(tick);
    }

    /**
     * True while a root moves and turns as receivers extrapolate, and goes on doing so. Where its
     * place must be sent, its seat says so for this tick: nobody need ask again.
     */
    boolean isAsExpected(int lane, int member, int tier) {
        TableView view = views.at(members.table[member]);
        int row = members.row[member];
        PositionColumn position = view.position;
        if (position == null) {
            return false;
        }
        if (steerer.steers(lane, tier, view, row)) {
            boolean mustTell = steerer.mustTell(lane, tier, steering(view).changedAt(row));
            if (mustTell) {
                misplaced(member, tier);
            }
            return !mustTell;
        }
        if (tracks.isFlown(lane, tier)) {
            return false;
        }
        int place = ofPlace(lane, tier, position, view.motion, row);
        if (place == SEND) {
            misplaced(member, tier);
            return false;
        }
        int turn = SILENT;
        if (hasAttitude(tier) && view.attitude != null) {
            turn = ofTurn(lane, tier, view.attitude, row);
        }
        return turn != SEND && (place == WATCH || turn == WATCH);
    }

    private void misplaced(int member, int tier) {
        seats.misplacedTick(members.seat[member * Members.TIERS + tier], now);
    }

    /** The column of a table whose rows are steered. */
    static SteeringColumn steering(TableView view) {
        SteeringColumn steering = view.steering;
        if (steering == null) {
            throw new IllegalStateException("table " + view.table.ordinal() + " steers nothing");
        }
        return steering;
    }

    boolean hasAttitude(int tier) {
        return (attitudeTiers & (1 << tier)) != 0;
    }

    /** SILENT, WATCH or SEND. */
    int ofPlace(
            int lane, int tier, PositionColumn position, @Nullable MotionColumn motion, int row) {
        if (!isReckoning && !isSettled(tier, position, motion, row)) {
            return SEND;
        }
        double[] track = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE;
        double seconds = age.seconds(now - tracks.placeTick(lane, tier));
        double dx = position.x[row] - extrapolated(track, at, seconds);
        double dy = position.y[row] - extrapolated(track, at + 1, seconds);
        double dz = position.z[row] - extrapolated(track, at + 2, seconds);
        double error = dx * dx + dy * dy + dz * dz;
        if (error <= errorSquared[tier]) {
            if (!isSettled(tier, position, motion, row)) {
                return lasts(lane, tier, dx, dy, dz, seconds, motion, row) ? WATCH : SEND;
            }
            if (error <= exactSquared[tier] && isZero(track, at + Tracks.MOTION, 6)) {
                return SILENT;
            }
        }
        return SEND;
    }

    /**
     * True when, as it moves now, the entity will be within the bound when its channel is due next:
     * a row that comes only when it no longer is would come a period late.
     */
    private boolean lasts(
            int lane,
            int tier,
            double dx,
            double dy,
            double dz,
            double seconds,
            @Nullable MotionColumn motion,
            int row) {
        if (period[tier] == 1 || motion == null || !isMoving(motion, row)) {
            return true;
        }
        double[] track = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE + Tracks.MOTION;
        double t = age.seconds(period[tier]);
        double x = later(dx, motion.vx[row], motion.ax[row], track, at, seconds, t);
        double y = later(dy, motion.vy[row], motion.ay[row], track, at + 1, seconds, t);
        double z = later(dz, motion.vz[row], motion.az[row], track, at + 2, seconds, t);
        return x * x + y * y + z * z <= errorSquared[tier];
    }

    private static double later(
            double off,
            double speed,
            double thrust,
            double[] track,
            int at,
            double seconds,
            double t) {
        double velocity = Extrapolation.velocity(track[at], track[at + 3], seconds);
        return Extrapolation.place(off, speed - velocity, thrust - track[at + 3], t);
    }

    private static double extrapolated(double[] track, int at, double seconds) {
        return Extrapolation.place(track[at], track[at + 3], track[at + 6], seconds);
    }

    /** Without motion, and where it was for as long as its channel was silent at most. */
    boolean isSettled(int tier, PositionColumn position, @Nullable MotionColumn motion, int row) {
        return now - position.changedAt(row) >= period[tier]
                && (motion == null || !isMoving(motion, row));
    }

    /** False at rest, and for a motion that is nonsense. */
    boolean isMoving(MotionColumn motion, int row) {
        double speeds = speeds(motion, row);
        return speeds > 0 && speeds < MOTION_MAX;
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
                    age.seconds(now - turnTick),
                    quaternion);
            dot = quaternion[0] * x + quaternion[1] * y + quaternion[2] * z + quaternion[3] * w;
        }
        if (Math.abs(dot) >= cosineHalfAngle[tier]) {
            if (!isSettled(tier, truth, row)) {
                return lastsTurning(tier, turn, at, truth, row, isSteady, dot) ? WATCH : SEND;
            }
            if (isSteady && AttitudeCode.pack(x, y, z, w) == tracks.turnCode(lane, tier)) {
                return SILENT;
            }
        }
        return SEND;
    }

    /**
     * True when, as it turns now, the attitude will be within the bound when its channel is due
     * next. Small angles: what it is off by, and the difference of angular velocities, add up.
     */
    private boolean lastsTurning(
            int tier,
            double[] turn,
            int at,
            AttitudeColumn truth,
            int row,
            boolean isSteady,
            double dot) {
        if (period[tier] == 1) {
            return true;
        }
        double dx = truth.wx[row] - turn[at + 4];
        double dy = truth.wy[row] - turn[at + 5];
        double dz = truth.wz[row] - turn[at + 6];
        double half = 0.5 * age.seconds(period[tier]);
        double[] q = isSteady ? steady(turn, at) : quaternion;
        double sign = dot < 0 ? -1 : 1;
        double x = truth.qx[row];
        double y = truth.qy[row];
        double z = truth.qz[row];
        double w = truth.qw[row];
        // The vector part of conjugate(q) * truth: half the rotation from one to the other.
        double ex = sign * (q[3] * x - q[0] * w - q[1] * z + q[2] * y) + dx * half;
        double ey = sign * (q[3] * y + q[0] * z - q[1] * w - q[2] * x) + dy * half;
        double ez = sign * (q[3] * z - q[0] * y + q[1] * x - q[2] * w) + dz * half;
        return ex * ex + ey * ey + ez * ez <= sineHalfAngleSquared[tier];
    }

    private double[] steady(double[] turn, int at) {
        System.arraycopy(turn, at, quaternion, 0, 4);
        return quaternion;
    }

    boolean isSettled(int tier, AttitudeColumn truth, int row) {
        return now - truth.changedAt(row) >= period[tier]
                && truth.wx[row] == 0
                && truth.wy[row] == 0
                && truth.wz[row] == 0;
    }
}
