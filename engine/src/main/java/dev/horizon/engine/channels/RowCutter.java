package dev.horizon.engine.channels;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows of one entity a receiver can't work out by itself, writes them, and remembers
 * what was sent.
 */
final class RowCutter {
    private static final Tier[] TIERS = Tier.values();

    /** Nothing to send, now or later, until the entity is touched. */
    private static final int SILENT = 0;

    /** Nothing to send now, but the truth may part from what receivers extrapolate. */
    private static final int WATCH = 1;

    private static final int SEND = 2;

    /** Above this, metres per second or per second squared, a motion is taken for nonsense. */
    private static final double MOTION_MAX = 1e12;

    private final Channels channels;
    private final Members members;
    private final Seats seats;
    private final TableViews views;
    private final FrameWriter writer;
    private final EncoderCounters counters;
    private final double tickSeconds;
    private final int attitudeTiers;
    private final double[] errorSquared = new double[TIERS.length];
    private final double[] exactSquared = new double[TIERS.length];
    private final double[] cosineHalfAngle = new double[TIERS.length];
    private final double[] quaternion = new double[4];
    private int now;

    RowCutter(
            Channels channels,
            TableViews views,
            FrameWriter writer,
            EncoderCounters counters,
            ChannelConfig config,
            int tickHz,
            int attitudeTiers) {
        this.channels = channels;
        this.members = channels.members;
        this.seats = channels.seats;
        this.views = views;
        this.writer = writer;
        this.counters = counters;
        this.tickSeconds = 1.0 / tickHz;
        this.attitudeTiers = attitudeTiers;
        for (Tier tier : TIERS) {
            TierConfig promises = config.tier(tier);
            int t = tier.ordinal();
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

    /** Writes all of a member that is new in the channel. */
    boolean announce(int seat, Channel channel) {
        int member = seats.member(seat);
        writer.entered(
                seats.slot(seat),
                seats.generation(seat),
                members.sizeClass[member],
                members.radius[member],
                members.id[member],
                members.parentId[member]);
        seats.state(seat, Seats.HELD);
        seats.enteredSequence(seat, channel.sequence + 1);
        seats.frameSequence(seat, channel.sequence + 1);
        seats.table(seat, members.table[member]);
        seats.clearHashes(seat);
        seats.set(seat, Seats.FORCED);
        return update(seat, channel);
    }

    /** Writes what changed; false when nothing will by itself. */
    boolean update(int seat, Channel channel) {
        int member = seats.member(seat);
        int row = members.row[member];
        TableView view = views.at(members.table[member]);
        boolean forced = seats.is(seat, Seats.FORCED);
        boolean active = false;
        if (view.isRoot) {
            active = place(seat, channel, view, row, forced);
            if ((attitudeTiers & (1 << channel.tier)) != 0 && view.attitude != null) {
                active |= attitude(seat, channel, view.attitude, row, forced);
            }
        }
        components(seat, channel, view, row, forced);
        seats.unset(seat, Seats.FORCED);
        return active;
    }

    /** True while an entity moves and turns as receivers extrapolate, and goes on doing so. */
    boolean isAsExpected(int seat, int member, int tier) {
        TableView view = views.at(members.table[member]);
        int row = members.row[member];
        PositionColumn position = view.position;
        if (position == null) {
            return false;
        }
        int place = placeVerdict(seat, tier, position, view.motion, row);
        int turn = SILENT;
        if ((attitudeTiers & (1 << tier)) != 0 && view.attitude != null) {
            turn = turnVerdict(seat, tier, view.attitude, row);
        }
        return place != SEND && turn != SEND && (place == WATCH || turn == WATCH);
    }

    private int placeVerdict(
            int seat, int tier, PositionColumn position, @Nullable MotionColumn motion, int row) {
        double[] track = seats.tracks;
        int at = seat * Seats.STRIDE;
        double seconds = (now - seats.placeTick(seat)) * tickSeconds;
        double dx = position.x[row] - extrapolated(track, at, seconds);
        double dy = position.y[row] - extrapolated(track, at + 1, seconds);
        double dz = position.z[row] - extrapolated(track, at + 2, seconds);
        double error = dx * dx + dy * dy + dz * dz;
        if (error <= errorSquared[tier]) {
            if (!isSettled(tier, position, motion, row)) {
                return WATCH;
            }
            if (error <= exactSquared[tier] && isZero(track, at + Seats.MOTION, 6)) {
                return SILENT;
            }
        }
        return SEND;
    }

    /** Without motion, and where it was for as long as its channel was silent at most. */
    private boolean isSettled(
            int tier, PositionColumn position, @Nullable MotionColumn motion, int row) {
        return now - position.changedAt(row) >= channels.due[tier].period()
                && (motion == null || speeds(motion, row) == 0 || !isSane(motion, row));
    }

    private boolean place(int seat, Channel channel, TableView view, int row, boolean forced) {
        PositionColumn position = view.position;
        if (position == null) {
            return false;
        }
        int tier = channel.tier;
        MotionColumn motion = view.motion;
        if (!forced) {
            int verdict = placeVerdict(seat, tier, position, motion, row);
            if (verdict != SEND) {
                return verdict == WATCH;
            }
        }
        double[] track = seats.tracks;
        int at = seat * Seats.STRIDE;
        int motionAt = at + Seats.MOTION;
        track[at] = position.x[row];
        track[at + 1] = position.y[row];
        track[at + 2] = position.z[row];
        if (motion != null && isSane(motion, row)) {
            track[motionAt] = motion.vx[row];
            track[motionAt + 1] = motion.vy[row];
            track[motionAt + 2] = motion.vz[row];
            track[motionAt + 3] = motion.ax[row];
            track[motionAt + 4] = motion.ay[row];
            track[motionAt + 5] = motion.az[row];
        } else {
            Arrays.fill(track, motionAt, motionAt + 6, 0);
        }
        writer.place(seats.slot(seat), track, at);
        seats.placeTick(seat, now);
        seats.frameSequence(seat, channel.sequence + 1);
        counters.placeRows[tier]++;
        return !isSettled(tier, position, motion, row);
    }

    private static double extrapolated(double[] track, int at, double seconds) {
        return Extrapolation.place(track[at], track[at + 3], track[at + 6], seconds);
    }

    private static boolean isSane(MotionColumn motion, int row) {
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

    private int turnVerdict(int seat, int tier, AttitudeColumn truth, int row) {
        double[] turn = seats.tracks;
        int at = seat * Seats.STRIDE + Seats.TURN;
        boolean isSteady = isZero(turn, at + 4, 3);
        if (isSteady && truth.changedAt(row) - seats.turnTick(seat) <= 0) {
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
                    (now - seats.turnTick(seat)) * tickSeconds,
                    quaternion);
            dot = quaternion[0] * x + quaternion[1] * y + quaternion[2] * z + quaternion[3] * w;
        }
        if (Math.abs(dot) >= cosineHalfAngle[tier]) {
            if (!isSettled(tier, truth, row)) {
                return WATCH;
            }
            if (isSteady && AttitudeCode.pack(x, y, z, w) == seats.turnCode(seat)) {
                return SILENT;
            }
        }
        return SEND;
    }

    private boolean isSettled(int tier, AttitudeColumn truth, int row) {
        return now - truth.changedAt(row) >= channels.due[tier].period()
                && truth.wx[row] == 0
                && truth.wy[row] == 0
                && truth.wz[row] == 0;
    }

    private boolean attitude(
            int seat, Channel channel, AttitudeColumn truth, int row, boolean forced) {
        if (!forced) {
            int verdict = turnVerdict(seat, channel.tier, truth, row);
            if (verdict != SEND) {
                return verdict == WATCH;
            }
        }
        double[] turn = seats.tracks;
        int at = seat * Seats.STRIDE + Seats.TURN;
        int code = AttitudeCode.pack(truth.qx[row], truth.qy[row], truth.qz[row], truth.qw[row]);
        AttitudeCode.unpack(code, quaternion);
        System.arraycopy(quaternion, 0, turn, at, 4);
        turn[at + 4] = truth.wx[row];
        turn[at + 5] = truth.wy[row];
        turn[at + 6] = truth.wz[row];
        writer.turned(seats.slot(seat), code, turn, at + 4);
        seats.turnCode(seat, code);
        seats.turnTick(seat, now);
        seats.frameSequence(seat, channel.sequence + 1);
        counters.attitudeRows[channel.tier]++;
        return !isSettled(channel.tier, truth, row);
    }

    private void components(int seat, Channel channel, TableView view, int row, boolean forced) {
        int tier = channel.tier;
        boolean all = forced;
        if (seats.table(seat) != view.table.ordinal()) {
            strip(seat, channel, view);
            all = true;
        }
        int[] indices = view.atTier[tier];
        int hashAt = seats.hashesAt(seat);
        for (int i = 0; i < indices.length; i++) {
            Column<?> column = view.columns[indices[i]];
            if (!all && column.changedAt(row) - seats.checkedTick(seat) <= 0) {
                continue;
            }
            int block = view.blocks[tier][i];
            MutableDirectBuffer buffer = writer.row(block);
            int offset = writer.rowOffset(block);
            column.writeRow(row, buffer, offset);
            RowRounding rounding = view.rounding[indices[i]];
            rounding.round(buffer, offset);
            long hash = rounding.hash(buffer, offset);
            if (all || hash != seats.hashes[hashAt + i]) {
                seats.hashes[hashAt + i] = hash;
                writer.commitRow(block, seats.slot(seat));
                seats.frameSequence(seat, channel.sequence + 1);
                counters.componentRows[tier]++;
            }
        }
        seats.checkedTick(seat, now);
    }

    /** Tells which components an entity lost when it moved to another table. */
    private void strip(int seat, Channel channel, TableView view) {
        TableView old = views.at(seats.table(seat));
        for (int index : old.atTier[channel.tier]) {
            if (!view.table.composition().contains(old.types[index])) {
                writer.stripped(seats.slot(seat), old.types[index].wireId());
                seats.frameSequence(seat, channel.sequence + 1);
                channel.strippedSequence = channel.sequence + 1;
            }
        }
        seats.table(seat, view.table.ordinal());
        seats.clearHashes(seat);
    }
}
