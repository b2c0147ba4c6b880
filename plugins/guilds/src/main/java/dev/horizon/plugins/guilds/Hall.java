package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Bank;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Founding, inviting, joining, leaving, ranks and money; refuses what can't be, and says why. */
final class Hall {
    private static final int MESSAGE_MAX = 256;

    private final GuildsConfig config;

    Hall(GuildsConfig config) {
        this.config = config;
    }

    void found(GuildEvents.Found event, Player player, EventContext context) {
        World world = context.world();
        String name = event.name().strip();
        String tag = event.tag().strip().toUpperCase(Locale.ROOT);
        EntityId account = Bank.accountOf(world, player.id());
        if (Members.of(world, player.id()) != null) {
            context.refuse("HZ-GLD-001", "you are in a guild already; leave it first");
        } else if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ]{1,22}[A-Za-z0-9]")
                || !tag.matches("[A-Z0-9]{2,5}")) {
            context.refuse(
                    "HZ-GLD-002",
                    "a guild's name has 3 to 24 letters, digits and spaces, its tag 2 to 5");
        } else if (Members.isTaken(world, name, tag)) {
            context.refuse("HZ-GLD-003", "another guild has that name or tag");
        } else if (account == null || !Bank.withdraw(world, account, config.foundingCredits())) {
            context.refuse(
                    "HZ-GLD-004",
                    "founding a guild takes " + config.foundingCredits() + " credits");
        } else {
            EntityId guild =
                    world.create(new Guild(name, tag, 0), new Account(config.foundingCredits()));
            Members.enter(player, guild, Rank.LEADER, world);
        }
    }

    void invite(GuildEvents.Invite event, Player player, EventContext context) {
        World world = context.world();
        Membership own = need(player, Rank.OFFICER, context);
        if (own == null) {
            return;
        }
        Player guest = context.players().named(event.player());
        Guild guild = world.read(own.guild(), Guild.class);
        if (guest == null || Members.of(world, guest.id()) != null || guild == null) {
            context.refuse(
                    "HZ-GLD-006", "'" + event.player() + "' isn't here, or is in a guild already");
        } else if (Members.count(world, own.guild()) >= config.membersMax()) {
            context.refuse("HZ-GLD-007", "a guild has at most " + config.membersMax() + " members");
        } else {
            long until = context.tick().number() + config.inviteTicks();
            world.create(new Invitation(own.guild(), guest.id(), until));
            context.players()
                    .send(guest, new GuildEvents.Invited(own.guild(), guild.name(), player.name()));
        }
    }

    void join(GuildEvents.Join event, Player player, EventContext context) {
        World world = context.world();
        boolean invited =
                Members.takeInvitation(world, event.guild(), player.id(), context.tick().number());
        if (Members.of(world, player.id()) != null) {
            context.refuse("HZ-GLD-001", "you are in a guild already; leave it first");
        } else if (!invited || world.read(event.guild(), Guild.class) == null) {
            context.refuse("HZ-GLD-008", "no guild of that id invites you, or not any more");
        } else if (Members.count(world, event.guild()) >= config.membersMax()) {
            context.refuse("HZ-GLD-007", "a guild has at most " + config.membersMax() + " members");
        } else {
            Members.enter(player, event.guild(), Rank.MEMBER, world);
        }
    }

    void leave(GuildEvents.Leave event, Player player, EventContext context) {
        World world = context.world();
        EntityId entry = Members.entry(world, player.id());
        Membership own = entry == null ? null : world.read(entry, Membership.class);
        if (entry == null || own == null) {
            context.refuse("HZ-GLD-005", "you are in no guild");
            return;
        }
        world.destroy(entry);
        if (own.rank() == Rank.LEADER && !Members.succeed(world, own)) {
            EntityId account = Bank.accountOf(world, player.id());
            long credits = Bank.credits(world, own.guild());
            if (account != null && Bank.transfer(world, own.guild(), account, credits)) {
                world.destroy(own.guild());
            }
        }
        Members.touch(world, own.guild());
        Fleets.leave(player, context);
        Members.forget(player, context);
    }

    void kick(GuildEvents.Kick event, Player player, EventContext context) {
        World world = context.world();
        Membership own = need(player, Rank.OFFICER, context);
        if (own == null) {
            return;
        }
        EntityId entry = Members.named(world, own.guild(), event.player());
        Membership other = entry == null ? null : world.read(entry, Membership.class);
        if (entry == null || other == null || other.rank().compareTo(own.rank()) >= 0) {
            context.refuse(
                    "HZ-GLD-009",
                    "'" + event.player() + "' is no member of a lower rank than yours");
            return;
        }
        world.destroy(entry);
        Members.touch(world, own.guild());
        Player gone = context.players().find(other.playerId());
        if (gone != null) {
            Fleets.leave(gone, context);
            Members.forget(gone, context);
        }
    }

    void rank(GuildEvents.SetRank event, Player player, EventContext context) {
        World world = context.world();
        Membership own = need(player, Rank.LEADER, context);
        if (own == null) {
            return;
        }
        EntityId entry = Members.named(world, own.guild(), event.player());
        EntityId mine = Members.entry(world, player.id());
        if (entry == null || mine == null || entry.equals(mine)) {
            context.refuse("HZ-GLD-009", "'" + event.player() + "' is no other member");
            return;
        }
        Members.setRank(world, entry, event.rank());
        if (event.rank() == Rank.LEADER) {
            Members.setRank(world, mine, Rank.OFFICER);
        }
        Members.touch(world, own.guild());
    }

    void pay(GuildEvents.Pay event, Player player, EventContext context) {
        World world = context.world();
        Membership own = need(player, event.credits() < 0 ? Rank.LEADER : Rank.MEMBER, context);
        EntityId account = Bank.accountOf(world, player.id());
        if (own == null || account == null) {
            return;
        }
        boolean paid =
                event.credits() > 0
                        ? Bank.transfer(world, account, own.guild(), event.credits())
                        // The least long has no opposite: transfer refuses it as below 0.
                        : event.credits() < 0
                                && Bank.transfer(world, own.guild(), account, -event.credits());
        if (!paid) {
            context.refuse("HZ-GLD-010", "there aren't " + event.credits() + " credits to move");
        }
        Members.touch(world, own.guild());
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
        for (Player other : context.players().all()) {
            Membership theirs = Members.of(context.world(), other.id());
            if (theirs != null && theirs.guild().equals(own.guild())) {
                context.players().send(other, new GuildEvents.Said(player.name(), text));
            }
        }
    }

    /** The sender's membership, or null after a refusal. */
    static @Nullable Membership need(Player player, Rank least, EventContext context) {
        Membership own = Members.of(context.world(), player.id());
        if (own == null || own.rank().compareTo(least) < 0) {
            context.refuse("HZ-GLD-005", "that is for members of a guild with rank " + least);
            return null;
        }
        return own;
    }
}
