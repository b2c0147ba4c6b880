package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Remittance;
import org.jspecify.annotations.Nullable;

/** A guild's home: does what players of all nodes ask, in the order in which it comes. */
final class Steward {
    private final GuildsConfig config;

    Steward(GuildsConfig config) {
        this.config = config;
    }

    void take(Mail.Ask ask, EventContext context) {
        Denial denial = Denial.of(ask, config, context);
        if (denial == null) {
            denial = done(ask, context);
        }
        if (denial != null) {
            var denied = new Mail.Denied(ask.playerId(), denial.code(), denial.reason());
            Herald.send(ask.node(), denied, context);
            if (ask.act() == Mail.Act.PAY && ask.amount() > 0) {
                // What came along with what can't be goes back to who sent it.
                Remittance.seen(ask.playerId(), ask.node(), context);
                Remittance.pay(ask.playerId(), ask.amount(), context);
            }
        }
    }

    private @Nullable Denial done(Mail.Ask ask, EventContext context) {
        switch (ask.act()) {
            case INVITE -> {
                return invite(ask, context);
            }
            case JOIN -> join(ask, context);
            case LEAVE -> {
                return leave(ask.guild(), ask.playerId(), ask.node(), context);
            }
            case KICK -> kick(ask, context);
            case RANK -> rank(ask, context);
            case PAY -> {
                return pay(ask, context);
            }
        }
        return null;
    }

    private @Nullable Denial invite(Mail.Ask ask, EventContext context) {
        World world = context.world();
        Guild guild = Members.guild(world, ask.guild());
        if (guild == null) {
            return Denial.rank(Rank.OFFICER);
        }
        long now = context.tick().number();
        Members.all(world, Invitation.class, each -> now > each.expiresAt())
                .forEach(world::destroy);
        try {
            context.services()
                    .toAll(
                            Herald.SERVICE,
                            new Mail.Invites(guild.id(), guild.name(), ask.player(), ask.other()));
        } catch (HorizonException e) {
            return Denial.unreachable();
        }
        world.create(new Invitation(ask.guild(), ask.other(), now + config.inviteTicks()));
        return null;
    }

    private static void join(Mail.Ask ask, EventContext context) {
        World world = context.world();
        Members.all(
                        world,
                        Invitation.class,
                        each ->
                                each.guild().equals(ask.guild())
                                        && each.name().equals(ask.player()))
                .forEach(world::destroy);
        Herald.announce(
                new News.Entered(
                        ask.guild(), ask.playerId(), ask.player(), Rank.MEMBER, ask.node()),
                context);
    }

    /** Takes a player out; the last one takes what the guild has, to a node. */
    private static @Nullable Denial leave(
            EntityId guild, long playerId, int node, EventContext context) {
        World world = context.world();
        Membership own = Members.in(world, guild, playerId);
        Membership heir = Members.heir(world, guild, playerId);
        if (own == null) {
            return Denial.rank(Rank.MEMBER);
        }
        if (heir != null) {
            if (own.rank() == Rank.LEADER) {
                Herald.announce(Copies.entered(heir, Rank.LEADER, heir.node()), context);
            }
            Herald.announce(new News.Left(guild, playerId), context);
            return null;
        }
        long credits = Bank.credits(world, guild);
        if (!Herald.send(node, new Mail.Paid(playerId, credits), context)) {
            return Denial.unreachable();
        }
        Bank.send(world, guild, credits);
        Members.all(world, Invitation.class, each -> each.guild().equals(guild))
                .forEach(world::destroy);
        Herald.announce(new News.Ended(guild), context);
        world.destroy(guild);
        return null;
    }

    private static void kick(Mail.Ask ask, EventContext context) {
        Membership other = Members.named(context.world(), ask.guild(), ask.other());
        if (other != null) {
            Herald.announce(new News.Left(ask.guild(), other.playerId()), context);
        }
    }

    private static void rank(Mail.Ask ask, EventContext context) {
        World world = context.world();
        Membership other = Members.named(world, ask.guild(), ask.other());
        Membership own = Members.in(world, ask.guild(), ask.playerId());
        if (other == null || own == null) {
            return;
        }
        Rank rank = Rank.values()[(int) ask.amount()];
        Herald.announce(Copies.entered(other, rank, other.node()), context);
        if (rank == Rank.LEADER) {
            Herald.announce(Copies.entered(own, Rank.OFFICER, own.node()), context);
        }
    }

    private static @Nullable Denial pay(Mail.Ask ask, EventContext context) {
        World world = context.world();
        long credits = ask.amount();
        if (credits > 0) {
            Bank.receive(world, ask.guild(), credits);
        } else {
            if (!Herald.send(ask.node(), new Mail.Paid(ask.playerId(), -credits), context)) {
                return Denial.unreachable();
            }
            Bank.send(world, ask.guild(), -credits);
        }
        long left = Bank.credits(world, ask.guild());
        Herald.announce(new News.Holds(ask.guild(), left), context);
        return null;
    }

    /** A member came to a node, or isn't on that any more. */
    static void see(Mail.Seen seen, EventContext context) {
        Membership member = Members.in(context.world(), seen.guild(), seen.playerId());
        if (member == null || !seen.here() && member.node() != seen.node()) {
            return; // They are elsewhere by now.
        }
        int node = seen.here() ? seen.node() : 0;
        if (node != member.node()) {
            Herald.announce(Copies.entered(member, member.rank(), node), context);
        }
    }

    /**
     * Where a player joined two guilds at one moment, at homes that hadn't heard of each other,
     * they stay in the one of the lower id: the home of the other takes them out.
     */
    static void settle(News.Entered entered, EventContext context) {
        int self = context.services().node();
        int to = entered.node() == 0 ? self : entered.node();
        for (Membership member :
                Members.members(
                        context.world(),
                        each ->
                                each.playerId() == entered.playerId()
                                        && each.guild().block() == self
                                        && each.guild().value() > entered.guild().value())) {
            leave(member.guild(), member.playerId(), to, context);
        }
    }
}
