package dev.horizon.engine.channels;

import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Tier;
import org.jspecify.annotations.Nullable;

/**
 * Splits cells that hold many, and merges the parts of those that hold few. Receivers are told
 * which slots went where, and carry over what they hold of them: nothing is sent anew.
 */
final class Recuts {
    /**
     * Moved in a tick at most, but for the last cell's: a crowd that comes splits over some ticks.
     */
    static final int ROOTS_PER_TICK_MAX = 8_192;

    private static final Tier[] TIERS = Tier.values();

    private final Channels channels;
    private final Members members;
    private final Seats seats;
    private final CellKeeper keeper;
    private final TableViews views;
    private final CutterCrew cutters;
    private final RecutWriter writer;
    private final EncoderCounters counters;
    private final int frameBytesMax;
    private FrameSink out;
    private Channel from = new Channel();
    private Channel to = from;
    private long tick;

    /** The channel that moves enter, until a message says so. */
    private @Nullable Channel opening;

    Recuts(
            Channels channels,
            CellKeeper keeper,
            TableViews views,
            CutterCrew cutters,
            RecutWriter writer,
            EncoderCounters counters,
            ChannelConfig config) {
        this.channels = channels;
        this.members = channels.members;
        this.seats = channels.seats;
        this.keeper = keeper;
        this.views = views;
        this.cutters = cutters;
        this.writer = writer;
        this.counters = counters;
        this.frameBytesMax = config.maxFrameBytes();
        this.out = (tier, channelId, buffer, offset, length) -> false;
    }

    /** Splits and merges what is to be. */
    void cut(long now, FrameHold hold) {
        tick = now;
        out = hold;
        int moved = 0;
        Channel channel = channels.cells.takeRecuts();
        while (channel != null) {
            Channel next = channel.nextRecut;
            channel.recut = false;
            channel.nextRecut = null;
            boolean thick = channels.cells.isThick(channel);
            if (thick || channels.cells.isThin(channel)) {
                if (moved >= ROOTS_PER_TICK_MAX || !hold.fits(frameBytesMax)) {
                    channels.cells.wantRecut(channel);
                } else if (thick) {
                    moved += channel.roots;
                    split(channel);
                } else {
                    moved += channel.below;
                    merge(channel);
                }
            }
            channel = next;
        }
    }

    private void split(Channel whole) {
        whole.split = true;
        int tier = whole.tier;
        for (int root = whole.firstRoot; root != Members.NONE; ) {
            int next = members.nextRoot[root * Members.TIERS + tier];
            distribute(root, whole);
            root = next;
        }
        for (Channel part = whole.firstPart; part != null; part = part.nextPart) {
            if (part.roots > 0 && whole.live) {
                begin(whole, part);
                for (int root = part.firstRoot; root != Members.NONE; ) {
                    carryWithRiders(root);
                    root = members.nextRoot[root * Members.TIERS + tier];
                }
                end();
                settle();
            }
            if (channels.cells.isThick(part)) {
                channels.cells.wantRecut(part);
            }
        }
        counters.splits++;
    }

    private void distribute(int root, Channel whole) {
        TableView view = views.at(members.table[root]);
        int row = members.row[root];
        PositionColumn position = view.position;
        if (position == null) {
            throw new IllegalStateException("a member of a cell has no place");
        }
        double x = position.x[row];
        double y = position.y[row];
        double z = position.z[row];
        Channel part = channels.cells.part(whole, x, y, z);
        if (CellKeeper.isInside(part, x, y, z)) {
            channels.shift(root, whole, part);
            keeper.confine(root, part);
        } else {
            // Beyond the cell by more than a part lets it be: it goes to the neighbour.
            channels.leave(root, whole.tier, false);
            keeper.assignCells(root, view, row);
        }
    }

    private void merge(Channel whole) {
        whole.split = false;
        int tier = whole.tier;
        for (Channel part = whole.firstPart; part != null; part = part.nextPart) {
            boolean told = part.live && part.roots > 0;
            if (told) {
                begin(part, whole);
            }
            for (int root = part.firstRoot; root != Members.NONE; ) {
                int next = members.nextRoot[root * Members.TIERS + tier];
                channels.shift(root, part, whole);
                if (told) {
                    carryWithRiders(root);
                }
                root = next;
            }
            if (told) {
                end();
            }
        }
        settle();
        counters.merges++;
    }

    private void begin(Channel leaving, Channel entering) {
        from = leaving;
        to = entering;
        boolean fresh = !to.live;
        if (fresh) {
            channels.begin(to);
            opening = to;
        }
        to.isSummed = from.isSummed && (fresh || to.isSummed);
        if (from.keyframeWanted) {
            channels.wantKeyframe(to);
        }
        writer.begin(from, to, tick, opening == to);
    }

    private void carryWithRiders(int root) {
        carry(root);
        for (int rider = members.firstRider[root]; rider != Members.NONE; ) {
            carry(rider);
            rider = members.nextRider[rider];
        }
    }

    private void carry(int member) {
        int old = members.seat[member * Members.TIERS + to.tier];
        if (old == Seats.NONE) {
            channels.seating.seat(member, to);
            return;
        }
        if (seats.state(old) != Seats.HELD) {
            channels.seating.depart(member, from, false);
            channels.seating.seat(member, to);
            return;
        }
        int slot = seats.slot(old);
        int sum = seats.sum(old);
        int seat = channels.seating.carry(member, from, to);
        if (seat == Seats.NONE) {
            channels.seating.depart(member, from, false);
            return;
        }
        seats.enteredSequence(seat, to.sequence + 1);
        seats.frameSequence(seat, to.sequence + 1);
        from.checksum -= sum;
        sum(member, seat);
        to.checksum += seats.sum(seat);
        writer.moved(slot, seats.slot(seat), seats.generation(seat));
        if (writer.isFull()) {
            flush();
            writer.begin(from, to, tick, false);
        }
    }

    /** What the seat adds to the checksum under its new number. */
    private void sum(int member, int seat) {
        int slot = seats.slot(seat);
        int identity = ChannelChecksum.identity(slot, seats.generation(seat), members.id[member]);
        int lane = members.lane[member];
        int place = 0;
        if (lane != Tracks.NONE) {
            Tracks tracks = members.tracks;
            double[] track = tracks.numbers[to.tier];
            int at = lane * Tracks.STRIDE;
            place =
                    ChannelChecksum.place(
                            slot,
                            tracks.placeTick(lane, to.tier),
                            track[at],
                            track[at + 1],
                            track[at + 2]);
        }
        seats.sums(seat, identity, place);
    }

    private void end() {
        if (!writer.isEmpty()) {
            flush();
        }
        dropInactive();
    }

    /** All have entered that will: where receivers hold none of them, they are told. */
    private void settle() {
        if (opening != null) {
            channels.wantKeyframe(opening);
            opening = null;
        }
    }

    private void flush() {
        opening = null;
        int length = writer.finish();
        from.sequence(from.sequence + 1);
        to.sequence(to.sequence + 1);
        // Without it the slots mean something else: both begin anew where it is lost.
        from.keyframeSequence = from.sequence;
        to.keyframeSequence = to.sequence;
        from.showChecksum();
        to.showChecksum();
        if (!out.offer(TIERS[from.tier], from.id, writer.buffer(), 0, length)) {
            counters.refusedFrames++;
            cutters.lost(to, to.sequence);
            cutters.lost(from, from.sequence);
            return;
        }
        counters.recuts++;
        counters.bytes[from.tier] += length;
        from.bytes += length;
    }

    /** Takes those that were carried away out of the list of active seats. */
    private void dropInactive() {
        int kept = Seats.NONE;
        int seat = from.firstActive;
        from.firstActive = Seats.NONE;
        from.active = 0;
        while (seat != Seats.NONE) {
            int next = seats.nextActive(seat);
            if (seats.is(seat, Seats.ACTIVE)) {
                if (kept == Seats.NONE) {
                    from.firstActive = seat;
                } else {
                    seats.nextActive(kept, seat);
                }
                seats.nextActive(seat, Seats.NONE);
                from.active++;
                kept = seat;
            }
            seat = next;
        }
    }
}
