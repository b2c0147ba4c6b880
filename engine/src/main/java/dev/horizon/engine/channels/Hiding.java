package dev.horizon.engine.channels;

/** Takes members out of channels at once: who receives those may no longer see them. */
final class Hiding {
    private final Channels channels;
    private final Members members;

    Hiding(Channels channels) {
        this.channels = channels;
        this.members = channels.members;
    }

    /** Takes a root out of all its channels, with what rides in it. */
    void hide(int root) {
        hurryWithRiders(root);
        for (int tier = 0; tier < Members.TIERS; tier++) {
            channels.leave(root, tier, false);
        }
        hurryWithRiders(root);
    }

    /** Has receivers told at once that a member, and what rides in it, left what they left last. */
    void hurryWithRiders(int root) {
        hurry(root);
        for (int rider = members.firstRider[root]; rider != Members.NONE; ) {
            hurry(rider);
            rider = members.nextRider[rider];
        }
    }

    /** The same of one member. */
    void hurry(int member) {
        for (int tier = 0; tier < Members.TIERS; tier++) {
            Channel channel = channels.seating.hurry(member, tier);
            if (channel != null) {
                channel.hides = true;
                channels.makeUrgent(channel);
            }
        }
    }

    /** Has a root's channels speak now: it left others at once. */
    void show(int root) {
        for (int tier = 0; tier < Members.TIERS; tier++) {
            Channel channel = members.channel[root * Members.TIERS + tier];
            if (channel != null && channel.live) {
                channels.makeUrgent(channel);
            }
        }
    }
}
