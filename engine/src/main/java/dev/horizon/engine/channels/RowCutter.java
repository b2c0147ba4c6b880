package dev.horizon.engine.channels;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows of one entity a receiver can't work out by itself, writes them, and remembers
 * what was sent.
 */
final class RowCutter {
    private final Members members;
    private final Tracks tracks;
    private final Seats seats;
    private final Deviation deviation;
    private final Corrections corrections;
    private final Steerer steerer;
    private final TableViews views;
    private final FrameWriter writer;
    private final EncoderCounters counters;
    private final double[] quaternion = new double[4];
    private boolean tellsCosmetics = true;
    private int now;

    RowCutter(
            Channels channels,
            TableViews views,
            Deviation deviation,
            Corrections corrections,
            Steerer steerer,
            FrameWriter writer,
            EncoderCounters counters) {
        this.members = channels.members;
        this.tracks = channels.members.tracks;
        this.seats = channels.seats;
        this.views = views;
        this.deviation = deviation;
        this.corrections = corrections;
        this.steerer = steerer;
        this.writer = writer;
        this.counters = counters;
    }

    void begin(int tick) {
        now = tick;
    }

    /** Tells rows of cosmetic components, or keeps them for later. */
    void tellsCosmetics(boolean tells) {
        tellsCosmetics = tells;
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
        int identity =
                ChannelChecksum.identity(
                        seats.slot(seat), seats.generation(seat), members.id[member]);
        channel.checksum += identity;
        seats.sums(seat, identity, 0);
        return update(seat, channel);
    }

    /** Writes what changed; false when nothing will by itself. */
    boolean update(int seat, Channel channel) {
        int member = seats.member(seat);
        int row = members.row[member];
        TableView view = views.at(members.table[member]);
        boolean forced = seats.is(seat, Seats.FORCED);
        // In another table it may have an attitude that it had not: what the lane holds of one is
        // old.
        boolean recomposed = seats.table(seat) != view.table.ordinal();
        boolean active = false;
        if (view.isRoot) {
            int lane = members.lane[member];
            if (steerer.steers(lane, channel.tier, view, row)) {
                steer(seat, lane, channel, view, row, forced);
                active = true;
            } else {
                active = move(seat, lane, channel, view, row, forced, recomposed);
            }
        }
        components(seat, channel, view, row, forced);
        seats.unset(seat, Seats.FORCED);
        return active;
    }

    private boolean move(
            int seat,
            int lane,
            Channel channel,
            TableView view,
            int row,
            boolean forced,
            boolean recomposed) {
        boolean anew = forced || tracks.isFlown(lane, channel.tier);
        tracks.isFlown(lane, channel.tier, false);
        boolean active = place(seat, lane, channel, view, row, anew);
        if (deviation.hasAttitude(channel.tier) && view.attitude != null) {
            active |= attitude(seat, lane, channel, view.attitude, row, anew || recomposed);
        }
        return active;
    }

    private void steer(
            int seat, int lane, Channel channel, TableView view, int row, boolean forced) {
        int tier = channel.tier;
        int changedTick = Deviation.steering(view).changedAt(row);
        if (!forced
                && seats.misplacedTick(seat) != now
                && !steerer.mustTell(lane, tier, changedTick)) {
            return;
        }
        steerer.write(seats.slot(seat), lane, tier, changedTick, forced);
        sum(seat, lane, channel);
        seats.frameSequence(seat, channel.sequence + 1);
        counters.placeRows[tier]++;
    }

    private boolean place(
            int seat, int lane, Channel channel, TableView view, int row, boolean forced) {
        PositionColumn position = view.position;
        if (position == null) {
            return false;
        }
        int tier = channel.tier;
        MotionColumn motion = view.motion;
        if (!forced && seats.misplacedTick(seat) != now) {
            int verdict = deviation.ofPlace(lane, tier, position, motion, row);
            if (verdict != Deviation.SEND) {
                return verdict == Deviation.WATCH;
            }
        }
        MotionColumn moving = motion != null && deviation.isMoving(motion, row) ? motion : null;
        if (forced
                || moving == null
                || !corrections.write(seats.slot(seat), lane, tier, position, moving, row, now)) {
            whole(seats.slot(seat), lane, tier, position, moving, row);
        }
        sum(seat, lane, channel);
        seats.frameSequence(seat, channel.sequence + 1);
        counters.placeRows[tier]++;
        return moving != null || !deviation.isSettled(tier, position, motion, row);
    }

    private void sum(int seat, int lane, Channel channel) {
        double[] track = tracks.numbers[channel.tier];
        int at = lane * Tracks.STRIDE;
        int place =
                ChannelChecksum.place(
                        seats.slot(seat), now, track[at], track[at + 1], track[at + 2]);
        channel.checksum += place - seats.placeSum(seat);
        seats.sums(seat, seats.identitySum(seat), place);
    }

    /** Places it anew, whatever receivers hold. */
    private void whole(
            int slot,
            int lane,
            int tier,
            PositionColumn position,
            @Nullable MotionColumn motion,
            int row) {
        double[] track = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE;
        int motionAt = at + Tracks.MOTION;
        track[at] = position.x[row];
        track[at + 1] = position.y[row];
        track[at + 2] = position.z[row];
        if (motion != null) {
            track[motionAt] = motion.vx[row];
            track[motionAt + 1] = motion.vy[row];
            track[motionAt + 2] = motion.vz[row];
            track[motionAt + 3] = motion.ax[row];
            track[motionAt + 4] = motion.ay[row];
            track[motionAt + 5] = motion.az[row];
        } else {
            Arrays.fill(track, motionAt, motionAt + 6, 0);
        }
        writer.place(slot, track, at);
        tracks.placeTick(lane, tier, now);
    }

    private boolean attitude(
            int seat, int lane, Channel channel, AttitudeColumn truth, int row, boolean forced) {
        int tier = channel.tier;
        if (!forced) {
            int verdict = deviation.ofTurn(lane, tier, truth, row);
            if (verdict != Deviation.SEND) {
                return verdict == Deviation.WATCH;
            }
        }
        double[] turn = tracks.numbers[tier];
        int at = lane * Tracks.STRIDE + Tracks.TURN;
        int code = AttitudeCode.pack(truth.qx[row], truth.qy[row], truth.qz[row], truth.qw[row]);
        AttitudeCode.unpack(code, quaternion);
        System.arraycopy(quaternion, 0, turn, at, 4);
        turn[at + 4] = truth.wx[row];
        turn[at + 5] = truth.wy[row];
        turn[at + 6] = truth.wz[row];
        writer.turned(seats.slot(seat), code, turn, at + 4);
        tracks.turned(lane, tier, now, code);
        seats.frameSequence(seat, channel.sequence + 1);
        counters.attitudeRows[tier]++;
        return !deviation.isSettled(tier, truth, row);
    }

    private void components(int seat, Channel channel, TableView view, int row, boolean forced) {
        int tier = channel.tier;
        boolean all = forced;
        if (seats.table(seat) != view.table.ordinal()) {
            strip(seat, channel, view);
            all = true;
        }
        boolean wasShed = seats.is(seat, Seats.SHED);
        boolean isShed = false;
        int[] indices = view.atTier[tier];
        int hashAt = seats.hashesAt(seat);
        for (int i = 0; i < indices.length; i++) {
            Column<?> column = view.columns[indices[i]];
            boolean isCosmetic = view.isCosmetic[indices[i]];
            if (!all
                    && !(isCosmetic && wasShed)
                    && column.changedAt(row) - seats.checkedTick(seat) <= 0) {
                continue;
            }
            if (isCosmetic && !tellsCosmetics && !all) {
                isShed = true;
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
        if (isShed) {
            seats.set(seat, Seats.SHED);
        } else {
            seats.unset(seat, Seats.SHED);
        }
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
