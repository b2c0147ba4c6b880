package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Why something can't be that a player asks of a guild: found where they play, by what is known
 * there, and again at the guild's home, whose word counts.
 */
record Denial(String code, String reason) {
    static final Denial MEMBER =
            new Denial("HZ-GLD-001", "you are in a guild already; leave it first");
    private static final Denial NO_INVITATION =
            new Denial("HZ-GLD-008", "no guild of that id invites you, or not any more");

    static Denial unreachable() {
        return new Denial("HZ-GLD-016", "the guild's node can't be reached now; try again later");
    }

    /** Null where nothing that is known here is against it. */
    static @Nullable Denial of(Mail.Ask ask, GuildsConfig config, EventContext context) {
        World world = context.world();
        if (ask.act() == Mail.Act.JOIN) {
            return ofJoin(ask, config, context);
        }
        Rank least =
                switch (ask.act()) {
                    case INVITE, KICK -> Rank.OFFICER;
                    case RANK -> Rank.LEADER;
                    case PAY -> ask.amount() < 0 ? Rank.LEADER : Rank.MEMBER;
                    case JOIN, LEAVE -> Rank.MEMBER;
                };
        Membership own = Members.in(world, ask.guild(), ask.playerId());
        if (own == null || own.rank().compareTo(least) < 0) {
            return rank(least);
        }
        Membership other = Members.named(world, ask.guild(), ask.other());
        return switch (ask.act()) {
            case INVITE ->
                    isAnywhere(world, ask.other())
                            ? nobody(ask.other())
                            : isFull(ask, config, world) ? full(config) : null;
            case KICK ->
                    other == null || other.rank().compareTo(own.rank()) >= 0
                            ? new Denial(
                                    "HZ-GLD-009",
                                    "'" + ask.other() + "' is no member of a lower rank than yours")
                            : null;
            case RANK ->
                    other == null || other.playerId() == ask.playerId()
                            ? new Denial("HZ-GLD-009", "'" + ask.other() + "' is no other member")
                            : null;
            case PAY -> isTooMuch(world, ask) ? money(ask.amount()) : null;
            case JOIN, LEAVE -> null;
        };
    }

    private static @Nullable Denial ofJoin(
            Mail.Ask ask, GuildsConfig config, EventContext context) {
        World world = context.world();
        boolean isHome = ask.guild().block() == context.services().node();
        long now = context.tick().number();
        if (Members.of(world, ask.playerId()) != null) {
            return MEMBER;
        }
        if (Members.guild(world, ask.guild()) == null
                || isHome
                        && Members.all(
                                        world,
                                        Invitation.class,
                                        each ->
                                                each.guild().equals(ask.guild())
                                                        && each.name().equals(ask.player())
                                                        && now <= each.expiresAt())
                                .isEmpty()) {
            return NO_INVITATION;
        }
        return isFull(ask, config, world) ? full(config) : null;
    }

    /** The least long has no opposite, and is more than any account holds. */
    private static boolean isTooMuch(World world, Mail.Ask ask) {
        Guild guild = Members.guild(world, ask.guild());
        return ask.amount() < 0 && (guild == null || ask.amount() < -guild.credits());
    }

    private static boolean isAnywhere(World world, String player) {
        return !Members.members(world, member -> member.name().equals(player)).isEmpty();
    }

    private static boolean isFull(Mail.Ask ask, GuildsConfig config, World world) {
        return Members.of(world, ask.guild()).size() >= config.membersMax();
    }

    static Denial rank(Rank least) {
        return new Denial("HZ-GLD-005", "that is for members of a guild with rank " + least);
    }

    static Denial nobody(String guest) {
        return new Denial("HZ-GLD-006", "'" + guest + "' isn't here, or is in a guild already");
    }

    static Denial money(long credits) {
        return new Denial("HZ-GLD-010", "there aren't " + credits + " credits to move");
    }

    private static Denial full(GuildsConfig config) {
        return new Denial("HZ-GLD-007", "a guild has at most " + config.membersMax() + " members");
    }

    void refuse(EventContext context) {
        context.refuse(code, reason);
    }
}
