package dev.horizon.tools.soak.bots;

import dev.horizon.engine.world.EntityId;
import java.util.ArrayList;
import java.util.List;

/** Who fights with whom. The crowd's thread alone. */
final class Brawl {
    private static final int TRIALS = 4;

    private final int number;
    private final boolean isGroup;
    private final List<Bot> members = new ArrayList<>();

    /**
     * Nobody yet.
     *
     * @param number of it
     * @param isGroup true for one of many, which needs a place of its own
     */
    Brawl(int number, boolean isGroup) {
        this.number = number;
        this.isGroup = isGroup;
    }

    int number() {
        return number;
    }

    boolean isGroup() {
        return isGroup;
    }

    /** Takes part as a member of a number, in place of who was that member before. */
    void join(int member, Bot bot) {
        if (member < members.size()) {
            members.set(member, bot);
        } else {
            members.add(bot);
        }
    }

    /** The ship of somebody else; none where nobody is found. */
    EntityId target(Bot of) {
        for (int i = 0; i < TRIALS; i++) {
            Bot other = members.get(of.random.nextInt(members.size()));
            if (other != of && !other.ship().isNone()) {
                return other.ship();
            }
        }
        return EntityId.NONE;
    }
}
