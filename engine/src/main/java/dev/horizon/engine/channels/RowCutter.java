package dev.horizon.engine.channels;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Tier;
import org.agrona.MutableDirectBuffer;

/**
 * Decides which rows of one entity a receiver can't work out by itself, writes them, and remembers
 * what was sent.
 */
final class RowCutter {
    private static final Tier[] TIERS = Tier.values();

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

    private boolean place(int seat, Channel channel, TableView view, int row, boolean forced) {
        PositionColumn position = view.position;
        if (position == null) {
            return false;
        }
        double x = position.x[row];
        double y = position.y[row];
        double z = position.z[row];
        float vx = 0;
        float vy = 0;
        float vz = 0;
        float ax = 0;
        float ay = 0;
        float az = 0;
        MotionColumn moving = view.motion;
        if (moving != null && isSane(moving, row)) {
            vx = moving.vx[row];
            vy = moving.vy[row];
            vz = moving.vz[row];
            ax = moving.ax[row];
            ay = moving.ay[row];
            az = moving.az[row];
        }
        boolean still = vx == 0 && vy == 0 && vz == 0 && ax == 0 && ay == 0 && az == 0;
        boolean settled =
                still && now - position.changedAt(row) >= channels.due[channel.tier].period();
        double[] track = seats.tracks;
        int at = seat * Seats.STRIDE;
        int motionAt = at + Seats.MOTION;
        if (!forced) {
            double seconds = (now - seats.placeTick(seat)) * tickSeconds;
            double dx = x - extrapolated(track, at, seconds);
            double dy = y - extrapolated(track, at + 1, seconds);
            double dz = z - extrapolated(track, at + 2, seconds);
            double error = dx * dx + dy * dy + dz * dz;
            if (error <= errorSquared[channel.tier]) {
                if (!settled) {
                    return true;
                }
                if (error <= exactSquared[channel.tier] && isZero(track, motionAt, 6)) {
                    return false;
                }
            }
        }
        track[at] = x;
        track[at + 1] = y;
        track[at + 2] = z;
        track[motionAt] = vx;
        track[motionAt + 1] = vy;
        track[motionAt + 2] = vz;
        track[motionAt + 3] = ax;
        track[motionAt + 4] = ay;
        track[motionAt + 5] = az;
        writer.place(seats.slot(seat), track, at);
        seats.placeTick(seat, now);
        seats.frameSequence(seat, channel.sequence + 1);
        counters.placeRows[channel.tier]++;
        return !settled;
    }

    private static double extrapolated(double[] track, int at, double seconds) {
        return Extrapolation.place(track[at], track[at + 3], track[at + 6], seconds);
    }

    private static boolean isSane(MotionColumn motion, int row) {
        double sum =
                Math.abs(motion.vx[row])
                        + Math.abs(motion.vy[row])
                        + Math.abs(motion.vz[row])
                        + Math.abs(motion.ax[row])
                        + Math.abs(motion.ay[row])
                        + Math.abs(motion.az[row]);
        return sum < MOTION_MAX;
    }

    private static boolean isZero(double[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean attitude(
            int seat, Channel channel, AttitudeColumn truth, int row, boolean forced) {
        float x = truth.qx[row];
        float y = truth.qy[row];
        float z = truth.qz[row];
        float w = truth.qw[row];
        double[] turn = seats.tracks;
        int at = seat * Seats.STRIDE + Seats.TURN;
        boolean still = truth.wx[row] == 0 && truth.wy[row] == 0 && truth.wz[row] == 0;
        boolean settled =
                still && now - truth.changedAt(row) >= channels.due[channel.tier].period();
        if (!forced) {
            double dot;
            if (isZero(turn, at + 4, 3)) {
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
            if (Math.abs(dot) >= cosineHalfAngle[channel.tier]) {
                if (!settled) {
                    return true;
                }
                if (isZero(turn, at + 4, 3)
                        && AttitudeCode.pack(x, y, z, w) == seats.turnCode(seat)) {
                    return false;
                }
            }
        }
        int code = AttitudeCode.pack(x, y, z, w);
        AttitudeCode.unpack(code, quaternion);
        for (int i = 0; i < 4; i++) {
            turn[at + i] = quaternion[i];
        }
        turn[at + 4] = truth.wx[row];
        turn[at + 5] = truth.wy[row];
        turn[at + 6] = truth.wz[row];
        writer.turned(seats.slot(seat), code, turn, at + 4);
        seats.turnCode(seat, code);
        seats.turnTick(seat, now);
        seats.frameSequence(seat, channel.sequence + 1);
        counters.attitudeRows[channel.tier]++;
        return !settled;
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
