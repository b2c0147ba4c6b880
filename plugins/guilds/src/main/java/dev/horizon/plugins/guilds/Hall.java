package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import org.jspecify.annotations.Nullable;

/**
 * Where players ask: refuses what can't be by what is known here, and says why; else their guild's
 * home is asked, wherever that is.
 */
final class Hall {
    private static final int MESSAGE_MAX = 256;

    private final GuildsConfig config;

    Hall(GuildsConfig config) {
        this.config = config;
    }

    void invite(GuildEvents.Invite event, Player player, EventContext context) {
        Mail.Ask ask = ask(player, Mail.Act.INVITE, event.player(), 0, context);
        if (ask == null) {
            return;
        }
        boolean isAlone = context.services().nodes(Herald.SERVICE).length == 1;
        if (isAlone && context.players().named(event.player()) == null) {
            Denial.nobody(event.player()).refuse(context);
        } else {
            send(ask, context);
        }
    }

    void join(GuildEvents.Join event, Player player, EventContext context) {
        Mail.Ask ask = checked(of(player, event.guild(), Mail.Act.JOIN, "", 0, context), context);
        if (ask != null) {
            send(ask, context);
        }
    }

    void leave(GuildEvents.Leave event, Player player, EventContext context) {
        send(ask(player, Mail.Act.LEAVE, "", 0, context), context);
    }

    void kick(GuildEvents.Kick event, Player player, EventContext context) {
        send(ask(player, Mail.Act.KICK, event.player(), 0, context), context);
    }

    void rank(GuildEvents.SetRank event, Player player, EventContext context) {
        int rank = event.rank().ordinal();
        send(ask(player, Mail.Act.RANK, event.player(), rank, context), context);
    }

    void pay(GuildEvents.Pay event, Player player, EventContext context) {
        World world = context.world();
        long credits = event.credits();
        EntityId account = Bank.accountOf(world, player.id());
        Mail.Ask ask = ask(player, Mail.Act.PAY, "", credits, context);
        if (ask == null) {
            return;
        }
        if (account == null || credits == 0 || Bank.credits(world, account) < credits) {
            Denial.money(credits).refuse(context);
        } else if (send(ask, context) && credits > 0) {
            Bank.send(world, account, credits);
        }
    }

    void say(GuildEvents.Say event, Player player, EventContext context) {
        Membership own = need(player, Rank.MEMBER, context);
        if (own == null) {
            return;
        }
        String text = event.message().strip();
        if (text.isEmpty()
                || text.length() > MESSAGE_MAX
                || text.chars().anyMatch(Character::isISOControl)) {
            context.refuse("HZ-GLD-011", "a message is one line of up to 256 characters");
            return;
        }
        try {
            var spoken = new Mail.Spoken(own.guild(), player.name(), text);
            context.services().toAll(Herald.SERVICE, spoken);
        } catch (HorizonException e) {
            Denial.unreachable().refuse(context);
        }
    }

    /** The sender's membership, or null after a refusal. */
    static @Nullable Membership need(Player player, Rank least, EventContext context) {
        Membership own = Members.of(context.world(), player.id());
        if (own == null || own.rank().compareTo(least) < 0) {
            Denial.rank(least).refuse(context);
            return null;
        }
        return own;
    }

    /** What a member asks of their guild, or null after a refusal. */
    private Mail.@Nullable Ask ask(
            Player player, Mail.Act act, String other, long amount, EventContext context) {
        Membership own = need(player, Rank.MEMBER, context);
        return own == null
                ? null
                : checked(of(player, own.guild(), act, other, amount, context), context);
    }

    private static Mail.Ask of(
            Player player,
            EntityId guild,
            Mail.Act act,
            String other,
            long amount,
            EventContext context) {
        int node = context.services().node();
        return new Mail.Ask(node, player.id(), player.name(), guild, act, other, amount);
    }

    private Mail.@Nullable Ask checked(Mail.Ask ask, EventContext context) {
        Denial denial = Denial.of(ask, config, context);
        if (denial != null) {
            denial.refuse(context);
        }
        return denial == null ? ask : null;
    }

    private static boolean send(Mail.@Nullable Ask ask, EventContext context) {
        if (ask == null) {
            return false;
        }
        boolean isSent = Herald.send(ask.guild().block(), ask, context);
        if (!isSent) {
            Denial.unreachable().refuse(context);
        }
        return isSent;
    }
}
