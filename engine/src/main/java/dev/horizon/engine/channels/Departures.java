package dev.horizon.engine.channels;

/** Ends members whose entity is gone, or is published elsewhere from now on. */
final class Departures {
    private final Channels channels;
    private final Members members;
    private final Hiding hiding;
    private final TableViews views;

    Departures(Channels channels, Hiding hiding, TableViews views) {
        this.channels = channels;
        this.members = channels.members;
        this.hiding = hiding;
        this.views = views;
    }

    /** A root leaves its channels; where it hides, receivers are told at once. */
    void leave(int root, boolean gone, boolean hides) {
        if (hides) {
            hiding.hide(root);
        } else {
            for (int tier = 0; tier < Members.TIERS; tier++) {
                channels.leave(root, tier, gone);
            }
        }
    }

    void drop(int member, boolean gone) {
        drop(member, gone, false);
    }

    /** Takes a member out of all channels, and what rides in it is to find another carrier. */
    void drop(int member, boolean gone, boolean hides) {
        int root = members.root[member];
        if (gone || hides) {
            // A channel that it left before would tell of it longer than the one that has it.
            hiding.hurryWithRiders(member);
        }
        if (root == member) {
            leave(member, gone, hides);
            while (members.firstRider[member] != Members.NONE) {
                int rider = members.firstRider[member];
                orphan(rider);
                members.removeRider(rider);
                members.remove(rider);
            }
        } else {
            for (int tier = 0; tier < Members.TIERS; tier++) {
                Channel channel = members.channel[root * Members.TIERS + tier];
                if (channel != null && channel.live) {
                    channels.seating.depart(member, channel, gone);
                }
            }
            if (hides) {
                hiding.hurry(member);
            }
            members.removeRider(member);
        }
        members.remove(member);
    }

    /** Its row, if it still has one, is to find another carrier. */
    private void orphan(int rider) {
        TableView view = views.at(members.table[rider]);
        int row = members.row[rider];
        if (row < view.seenRows && view.seen[row] == members.id[rider]) {
            view.member[row] = Members.NONE;
            view.orphans++;
        }
    }

    /** What rides in a rider that gets channels of its own is to follow it. */
    void orphanCarried(int root, long carrier) {
        int rider = members.firstRider[root];
        while (rider != Members.NONE) {
            if (members.parentId[rider] == carrier) {
                long id = members.id[rider];
                orphan(rider);
                drop(rider, false, true);
                orphanCarried(root, id);
                rider = members.firstRider[root];
            } else {
                rider = members.nextRider[rider];
            }
        }
    }
}
