package dev.horizon.plugins.combat;

import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Bank;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges kills: pays for lawful ones, puts a price on the head of those who commit others. */
final class Court {
    private static final int CRIME_POINTS = 10;
    private static final int MERIT_POINTS = 2;

    private final CombatConfig config;

    Court(CombatConfig config) {
        this.config = config;
    }

    void judge(EntityId id, EventContext context) {
        World world = context.world();
        Kill kill = world.read(id, Kill.class);
        world.destroy(id);
        if (kill == null || kill.killerId() == 0 || kill.killerId() == kill.victimId()) {
            return;
        }
        boolean pirate = kill.faction() == Faction.PIRATES;
        boolean lawful = pirate || kill.wanted() > 0;
        long credits =
                kill.wanted() > 0
                        ? payBounties(kill, context)
                        : pirate ? reward(kill, world) : -accuse(kill, context);
        Player killer = context.players().find(kill.killerId());
        if (killer == null) {
            return;
        }
        remember(killer, kill, lawful, context);
        context.players()
                .send(
                        killer,
                        new CombatEvents.KillReport(
                                kill.shipType().name(), kill.faction().name(), lawful, credits));
    }

    private static long payBounties(Kill kill, EventContext context) {
        World world = context.world();
        EntityId account = Bank.accountOf(world, kill.killerId());
        long paid = 0;
        if (account != null) {
            for (EntityId bounty : bounties(world, kill.victimId())) {
                long credits = Bank.credits(world, bounty);
                if (Bank.transfer(world, bounty, account, credits)) {
                    paid += credits;
                    world.destroy(bounty);
                }
            }
        }
        Player victim = context.players().find(kill.victimId());
        if (victim != null && paid > 0) {
            context.players().sendAll(new CombatEvents.WantedNotice(victim.name(), 0));
        }
        return paid;
    }

    private long reward(Kill kill, World world) {
        EntityId account = Bank.accountOf(world, kill.killerId());
        EntityId treasury = Bank.treasury(world);
        boolean paid =
                account != null
                        && treasury != null
                        && Bank.transfer(world, treasury, account, config.pirateCredits());
        return paid ? config.pirateCredits() : 0;
    }

    private long accuse(Kill kill, EventContext context) {
        EntityId treasury = Bank.treasury(context.world());
        Player killer = context.players().find(kill.killerId());
        if (treasury == null
                || killer == null
                || config.crimeCredits() == 0
                || !Bank.withdraw(context.world(), treasury, config.crimeCredits())) {
            return 0;
        }
        putOnHead(killer, config.crimeCredits(), context);
        return config.crimeCredits();
    }

    /** Makes a bounty of money that the caller has withdrawn. */
    static void putOnHead(Player player, long credits, EventContext context) {
        World world = context.world();
        long all = credits;
        for (EntityId bounty : bounties(world, player.id())) {
            all += Bank.credits(world, bounty);
        }
        world.create(new Bounty(player.id()), new Account(credits));
        mark(player, all, world);
        context.players().sendAll(new CombatEvents.WantedNotice(player.name(), all));
    }

    private static List<EntityId> bounties(World world, long playerId) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(Bounty.class, playerId, found::add);
        return found;
    }

    /** Marks the player's ships, those that they get later too: called whenever one may be new. */
    private static void mark(Player player, long credits, World world) {
        world.forEach(
                Owner.class,
                player.id(),
                id -> {
                    Wanted wanted = world.read(id, Wanted.class);
                    if (world.read(id, Docking.class) != null
                            && (wanted == null || wanted.credits() != credits)) {
                        world.write(id, new Wanted(credits));
                        outlaw(id, world);
                    }
                });
    }

    /** Shots pass through ships of one's own side: who is to be hunted must fly other colours. */
    private static void outlaw(EntityId ship, World world) {
        Identity identity = world.read(ship, Identity.class);
        if (identity != null) {
            world.write(ship, new Identity(Faction.PIRATES, identity.shipType(), identity.name()));
        }
    }

    /** Marks ships that the player of a bounty took since. */
    static void markNewShips(EntityId id, EventContext context) {
        World world = context.world();
        Bounty bounty = world.read(id, Bounty.class);
        Player player = bounty == null ? null : context.players().find(bounty.playerId());
        if (player != null) {
            long all = 0;
            for (EntityId other : bounties(world, player.id())) {
                all += Bank.credits(world, other);
            }
            mark(player, all, world);
        }
    }

    private static void remember(Player killer, Kill kill, boolean lawful, EventContext context) {
        World world = context.world();
        EntityId record = record(killer, world);
        Standing before = record == null ? null : world.read(record, Standing.class);
        Standing now = before == null ? Standing.none() : before;
        int[] points = now.points().clone();
        int side = kill.faction().ordinal();
        points[side] = bounded(points[side] - (lawful ? MERIT_POINTS : CRIME_POINTS));
        for (Faction other : Faction.values()) {
            boolean pleased =
                    other != kill.faction()
                            && (other.hostileMask() >>> side & 1) != 0
                            && (kill.faction().hostileMask() >>> other.ordinal() & 1) != 0;
            if (pleased) {
                points[other.ordinal()] = bounded(points[other.ordinal()] + MERIT_POINTS);
            }
        }
        Standing after =
                new Standing(
                        points, now.kills() + (lawful ? 1 : 0), now.crimes() + (lawful ? 0 : 1));
        if (record == null) {
            world.create(new Owner(killer.id()), after);
        } else {
            world.write(record, after);
        }
        context.players().send(killer, report(after));
    }

    private static int bounded(int points) {
        return Math.clamp(points, -Standing.MOST, Standing.MOST);
    }

    private static @Nullable EntityId record(Player player, World world) {
        return world.find(Owner.class, player.id(), Standing.class);
    }

    static void welcome(PlayerConnected event, EventContext context) {
        EntityId record = record(event.player(), context.world());
        Standing standing = record == null ? null : context.world().read(record, Standing.class);
        context.players()
                .send(event.player(), report(standing == null ? Standing.none() : standing));
    }

    private static CombatEvents.StandingReport report(Standing standing) {
        int[] points = standing.points();
        return new CombatEvents.StandingReport(
                points[Faction.GUILD.ordinal()],
                points[Faction.CONCORD.ordinal()],
                points[Faction.SYNDICATE.ordinal()],
                points[Faction.PIRATES.ordinal()],
                standing.kills(),
                standing.crimes());
    }
}
