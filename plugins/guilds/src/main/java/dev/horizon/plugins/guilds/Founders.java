package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Bank;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Founds guilds, of names and tags that are unique in the galaxy: every other node is asked, and
 * has to say that they are free. Two that are founded at one moment with the same ask each other,
 * too; so at most one of them comes to be.
 */
final class Founders {
    private final GuildsConfig config;

    Founders(GuildsConfig config) {
        this.config = config;
    }

    void found(GuildEvents.Found event, Player player, EventContext context) {
        World world = context.world();
        String name = event.name().strip();
        String tag = event.tag().strip().toUpperCase(Locale.ROOT);
        EntityId account = Bank.accountOf(world, player.id());
        if (Members.of(world, player.id()) != null || isFounding(world, player.id())) {
            Denial.MEMBER.refuse(context);
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
            claim(name, tag, player, context);
        }
    }

    private static boolean isFounding(World world, long playerId) {
        return !Members.all(world, Founding.class, each -> each.playerId() == playerId).isEmpty();
    }

    private void claim(String name, String tag, Player player, EventContext context) {
        World world = context.world();
        EntityId guild = world.create(new Account(config.foundingCredits()));
        int others = context.services().nodes(Herald.SERVICE).length - 1;
        long until = context.tick().number() + config.foundingTicks();
        Founding founding = new Founding(name, tag, player.id(), player.name(), others, until);
        if (others == 0) {
            open(guild, founding, config.foundingCredits(), context);
            return;
        }
        try {
            context.services().toAll(Herald.SERVICE, new Mail.Claim(guild, name, tag));
            world.write(guild, founding);
        } catch (HorizonException e) {
            // Nobody was asked: it is given up, and the money given back, at the next look.
            world.write(guild, new Founding(name, tag, player.id(), player.name(), others, 0));
        }
    }

    /** Says whether a name is free. */
    static void vote(Mail.Claim claim, EventContext context) {
        World world = context.world();
        int home = claim.guild().block();
        if (home == context.services().node()) {
            return;
        }
        boolean free = !Members.isTaken(world, claim.name(), claim.tag());
        if (Herald.send(home, new Mail.Vote(claim.guild(), free), context) && free) {
            world.create(new Reservation(claim.guild(), claim.name(), claim.tag()));
        }
    }

    static void count(Mail.Vote vote, EventContext context) {
        World world = context.world();
        Founding founding = founding(vote.guild(), world);
        if (founding == null) {
            return; // Given up meanwhile.
        }
        if (!vote.free()) {
            giveUp(vote.guild(), "HZ-GLD-003", "another guild has that name or tag", context);
            return;
        }
        if (founding.missing() > 1) {
            world.write(vote.guild(), founding.oneLess());
        } else if (Members.of(world, founding.playerId()) != null) {
            giveUp(vote.guild(), Denial.MEMBER.code(), Denial.MEMBER.reason(), context);
        } else {
            world.remove(vote.guild(), Founding.class);
            open(vote.guild(), founding, Bank.credits(world, vote.guild()), context);
        }
    }

    private static void open(
            EntityId guild, Founding founding, long credits, EventContext context) {
        World world = context.world();
        int node = context.services().node();
        var founded = new News.Founded(guild, founding.name(), founding.tag(), credits);
        var leader =
                new News.Entered(guild, founding.playerId(), founding.player(), Rank.LEADER, node);
        Herald.opened(founded, leader, context);
        world.write(guild, Copies.guild(founded));
        world.create(Copies.member(leader));
    }

    /** Gives up those that not all nodes have answered in time. */
    static void expire(EventContext context) {
        World world = context.world();
        long now = context.tick().number();
        for (EntityId each : Members.all(world, Founding.class, all -> now > all.expiresAt())) {
            giveUp(
                    each,
                    "HZ-GLD-017",
                    "not all nodes have said that name and tag are free; try again later",
                    context);
        }
    }

    private static void giveUp(EntityId guild, String code, String reason, EventContext context) {
        World world = context.world();
        Founding founding = founding(guild, world);
        EntityId account = founding == null ? null : Bank.accountOf(world, founding.playerId());
        if (founding == null || account == null) {
            return;
        }
        Bank.transfer(world, guild, account, Bank.credits(world, guild));
        world.destroy(guild);
        Herald.announce(new News.Ended(guild), context);
        context.emit(new Mail.Denied(founding.playerId(), code, reason));
    }

    private static @Nullable Founding founding(EntityId guild, World world) {
        return world.exists(guild) ? world.read(guild, Founding.class) : null;
    }
}
