package dev.horizon.engine.channels;

import org.jspecify.annotations.Nullable;

/**
 * Gives members their slots in live channels and takes them away, and keeps each channel's list of
 * seats to look at. Seats in that list are active; the others are armed, or coast: a change of
 * their member puts them there, but for those that coast only if it is no motion.
 */
final class Seating {
    /** Slots of a channel: what 16 bits name. */
    static final int SLOTS_MAX = 1 << 16;

    private final Members members;
    private final Seats seats;
    private final DueTimes[] due;
    private final Coasters[] coasters;
    private long slotOverflows;
    private long tick;

    /** Due times and coasters are by tier, filled in before the first seat is given. */
    Seating(Members members, Seats seats, DueTimes[] due, Coasters[] coasters) {
        this.members = members;
        this.seats = seats;
        this.due = due;
        this.coasters = coasters;
    }

    void tick(long now) {
        tick = now;
    }

    /** Times that a member found no slot free. */
    long slotOverflows() {
        return slotOverflows;
    }

    void seatWithRiders(int root, Channel channel) {
        seat(root, channel);
        for (int rider = members.firstRider[root]; rider != Members.NONE; ) {
            seat(rider, channel);
            rider = members.nextRider[rider];
        }
    }

    void departWithRiders(int root, Channel channel, boolean gone) {
        depart(root, channel, gone);
        for (int rider = members.firstRider[root]; rider != Members.NONE; ) {
            depart(rider, channel, gone);
            rider = members.nextRider[rider];
        }
    }

    /** Gives a member a slot in a live channel, where it is published at that tier. */
    void seat(int member, Channel channel) {
        if ((members.tiers[member] & (1 << channel.tier)) == 0) {
            return;
        }
        int seat = take(channel);
        if (seat == Seats.NONE) {
            return;
        }
        seats.member(seat, member);
        seats.state(seat, Seats.NEW);
        seats.flags(seat, 0);
        seats.frameSequence(seat, channel.releasedSequence);
        seats.enteredSequence(seat, channel.releasedSequence);
        link(seat, channel);
        members.seat[member * Members.TIERS + channel.tier] = seat;
        activate(seat, channel);
    }

    /** A free slot of a channel, or NONE. */
    private int take(Channel channel) {
        int seat = channel.firstFree;
        if (seat != Seats.NONE) {
            channel.firstFree = seats.next(seat);
            seats.generation(seat, seats.generation(seat) + 1);
        } else if (channel.slots < SLOTS_MAX) {
            seat = seats.allocate();
            seats.slot(seat, channel.slots++);
            seats.generation(seat, 0);
        } else {
            slotOverflows++;
        }
        return seat;
    }

    private void link(int seat, Channel channel) {
        int first = channel.firstSeat;
        seats.next(seat, first);
        seats.previous(seat, Seats.NONE);
        if (first != Seats.NONE) {
            seats.previous(first, seat);
        }
        channel.firstSeat = seat;
    }

    /**
     * Gives a member that receivers hold a slot in another channel that comes due with its own, so
     * that it goes on to coast where it did; its old slot is free. The caller takes care of the old
     * channel's list of active seats.
     *
     * @return the new seat, NONE where no slot is free
     */
    int carry(int member, Channel from, Channel to) {
        int at = member * Members.TIERS + to.tier;
        int old = members.seat[at];
        int seat = take(to);
        if (seat == Seats.NONE) {
            return seat;
        }
        boolean active = seats.is(old, Seats.ACTIVE);
        seats.copy(old, seat);
        link(seat, to);
        members.seat[at] = seat;
        seats.member(old, Members.NONE);
        recycle(old, from);
        if (active) {
            activate(seat, to);
        }
        return seat;
    }

    /** Takes a member's slot in a live channel away; receivers are told in time. */
    void depart(int member, Channel channel, boolean gone) {
        int at = member * Members.TIERS + channel.tier;
        int seat = members.seat[at];
        if (seat == Seats.NONE) {
            return;
        }
        members.seat[at] = Seats.NONE;
        Members.clear(members.armed, member, channel.tier);
        stopCoasting(member, channel);
        seats.member(seat, Members.NONE);
        if (seats.state(seat) == Seats.NEW) {
            // Never announced: nothing to tell, it frees itself when looked at.
            seats.state(seat, Seats.LEFT);
            seats.frameSequence(seat, channel.releasedSequence);
        } else {
            seats.state(seat, Seats.LEAVING);
        }
        seats.leftTick(seat, (int) tick);
        members.leftSeat[at] = seat;
        members.leftChannel[at] = channel;
        if (gone) {
            seats.set(seat, Seats.GONE);
        }
        activate(seat, channel);
    }

    /**
     * Has receivers told that a member left a channel without the time that its next one would have
     * had to tell of it.
     *
     * @return the channel that has to say so; null where none does
     */
    @Nullable Channel hurry(int member, int tier) {
        int at = member * Members.TIERS + tier;
        int seat = members.leftSeat[at];
        Channel channel = members.leftChannel[at];
        // Others may have the seat meanwhile.
        if (seat == Seats.NONE
                || channel == null
                || seats.state(seat) != Seats.LEAVING
                || seats.identitySum(seat)
                        != ChannelChecksum.identity(
                                seats.slot(seat), seats.generation(seat), members.id[member])) {
            return null;
        }
        seats.leftTick(seat, (int) tick - due[tier].longestWait());
        return channel;
    }

    /** Frees a seat whose leaving is known to receivers; it must not be in the active list. */
    void recycle(int seat, Channel channel) {
        int before = seats.previous(seat);
        int after = seats.next(seat);
        if (before == Seats.NONE) {
            channel.firstSeat = after;
        } else {
            seats.next(before, after);
        }
        if (after != Seats.NONE) {
            seats.previous(after, before);
        }
        seats.state(seat, Seats.FREE);
        seats.flags(seat, 0);
        seats.next(seat, channel.firstFree);
        channel.firstFree = seat;
    }

    /** Takes all slots of a channel away; receivers are told nothing. */
    void clear(Channel channel) {
        releaseAll(channel.firstSeat, channel);
        releaseAll(channel.firstFree, channel);
        channel.firstSeat = Seats.NONE;
        channel.firstFree = Seats.NONE;
        channel.firstActive = Seats.NONE;
        channel.active = 0;
        channel.slots = 0;
    }

    private void releaseAll(int first, Channel channel) {
        int tier = channel.tier;
        for (int seat = first; seat != Seats.NONE; ) {
            int next = seats.next(seat);
            int member = seats.member(seat);
            if (member != Members.NONE) {
                stopCoasting(member, channel);
                members.seat[member * Members.TIERS + tier] = Seats.NONE;
                Members.clear(members.armed, member, tier);
            }
            seats.release(seat);
            seat = next;
        }
    }

    /** Puts the seats of a member that changed on their channels' lists. */
    void touch(int member, int tierBits) {
        activateAll(member, (members.armed[member] | members.coasting[member]) & tierBits);
    }

    /** The same for one that moved or turned: those that coast are compared anyway. */
    void touchMoved(int member, int tierBits) {
        activateAll(member, members.armed[member] & tierBits);
    }

    private void activateAll(int member, int tierBits) {
        int bits = tierBits;
        while (bits != 0) {
            int tier = Integer.numberOfTrailingZeros(bits);
            bits &= bits - 1;
            int root = members.root[member];
            Channel channel = members.channel[root * Members.TIERS + tier];
            if (channel != null) {
                activate(members.seat[member * Members.TIERS + tier], channel);
            }
        }
    }

    void activate(int seat, Channel channel) {
        if (seats.is(seat, Seats.ACTIVE)) {
            return;
        }
        list(seat, channel);
        int member = seats.member(seat);
        if (member != Members.NONE) {
            Members.clear(members.armed, member, channel.tier);
            stopCoasting(member, channel);
        }
    }

    /**
     * The same for one that coasts and no longer moves as receivers expect: mostly it will coast on
     * once they know, so it stays among those that do.
     */
    void activateCoasting(int seat, Channel channel) {
        if (!seats.is(seat, Seats.ACTIVE)) {
            list(seat, channel);
        }
    }

    /** Has a channel look at all of which rows were kept for later. */
    void activateShed(Channel channel) {
        for (int seat = channel.firstSeat; seat != Seats.NONE; seat = seats.next(seat)) {
            if (seats.is(seat, Seats.SHED)) {
                activate(seat, channel);
            }
        }
    }

    private void list(int seat, Channel channel) {
        seats.set(seat, Seats.ACTIVE);
        seats.nextActive(seat, channel.firstActive);
        channel.firstActive = seat;
        channel.active++;
        due[channel.tier].schedule(channel);
    }

    /** The opposite of {@link #activate}; the caller unlinks it. */
    void deactivate(int seat, Channel channel) {
        seats.unset(seat, Seats.ACTIVE);
        int member = seats.member(seat);
        if (member != Members.NONE) {
            stopCoasting(member, channel);
            Members.set(members.armed, member, channel.tier);
        }
    }

    /** Watches only the motion of a seat from now on; the caller unlinks it if it is active. */
    void coast(int seat, Channel channel) {
        int member = seats.member(seat);
        seats.unset(seat, Seats.ACTIVE);
        Members.clear(members.armed, member, channel.tier);
        if (!isCoasting(member, channel)) {
            Members.set(members.coasting, member, channel.tier);
            coasters[channel.tier].add(members.lane[member], channel.phase);
        }
    }

    private void stopCoasting(int member, Channel channel) {
        if (isCoasting(member, channel)) {
            Members.clear(members.coasting, member, channel.tier);
            coasters[channel.tier].remove(members.lane[member], channel.phase);
        }
    }

    private boolean isCoasting(int member, Channel channel) {
        return (members.coasting[member] & (1 << channel.tier)) != 0;
    }
}
