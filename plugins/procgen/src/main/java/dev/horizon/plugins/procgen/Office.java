package dev.horizon.plugins.procgen;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.systems.Randomness;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.combat.Kill;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Berth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Offers missions, keeps count of what was done, and pays. */
final class Office {
    /** What makes an hour of each pursuit weigh about the same. */
    private static final double[] WEIGHTS = {0.02, 0.02, 1, 0.5};

    private static final double ARRIVED_METRES = 2_000;
    private static final double NEAREST_METRES = 4_000;

    private final ProcgenConfig config;

    Office(ProcgenConfig config) {
        this.config = config;
    }

    // ---- what players did -----------------------------------------------------------------------

    void credit(EntityId id, EventContext context) {
        Deed deed = context.world().read(id, Deed.class);
        context.world().destroy(id);
        if (deed != null) {
            count(deed.playerId(), deed.pursuit(), deed.amount(), context);
        }
    }

    void kill(EntityId id, EventContext context) {
        Kill kill = context.world().read(id, Kill.class);
        if (kill != null && kill.killerId() != 0 && kill.killerId() != kill.victimId()) {
            count(kill.killerId(), Pursuit.FIGHT, 1, context);
        }
    }

    private void count(long playerId, Pursuit pursuit, int amount, EventContext context) {
        World world = context.world();
        EntityId entry = tastes(world, playerId);
        Tastes before = entry == null ? null : world.read(entry, Tastes.class);
        double weight = WEIGHTS[pursuit.ordinal()] * amount;
        if (entry == null || before == null) {
            world.create(new Owner(playerId), Tastes.none().with(pursuit, weight));
        } else {
            world.write(entry, before.with(pursuit, weight));
        }
        EntityId current = current(world, playerId);
        Mission mission = current == null ? null : world.read(current, Mission.class);
        // Exploring counts by arrival, below.
        if (current != null
                && mission != null
                && mission.pursuit() == pursuit
                && pursuit != Pursuit.EXPLORE) {
            advance(current, mission, amount, context);
        }
    }

    private void advance(EntityId id, Mission mission, int more, EventContext context) {
        Mission now = mission.advanced(more);
        context.world().write(id, now);
        Player player = context.players().find(mission.playerId());
        if (now.done() >= now.goal()) {
            finish(id, now, true, context);
        }
        if (player != null) {
            tell(player, context);
        }
    }

    private static void finish(EntityId id, Mission mission, boolean won, EventContext context) {
        World world = context.world();
        EntityId account = won ? Bank.accountOf(world, mission.playerId()) : Bank.treasury(world);
        long reward = Bank.credits(world, id);
        if (account == null || !Bank.transfer(world, id, account, reward)) {
            return;
        }
        Scenes.strike(world, mission);
        world.destroy(id);
        Player player = context.players().find(mission.playerId());
        if (player != null) {
            context.players()
                    .send(player, new ProcgenEvents.Done(mission.pursuit(), won ? reward : 0));
        }
    }

    // ---- offers ---------------------------------------------------------------------------------

    /** First offers of a session, for a player who has a ship. */
    void welcome(EntityId ship, EventContext context) {
        World world = context.world();
        Owner owner = world.read(ship, Owner.class);
        Player player = owner == null ? null : context.players().find(owner.playerId());
        if (player == null || world.read(player.entity(), Briefed.class) != null) {
            return;
        }
        if (missions(world, player.id()).isEmpty()) {
            offer(player, context);
        }
        // Each player's rounds come at another time, so that no tick has them all.
        long lag = Long.remainderUnsigned(Randomness.mix(player.id()), config.offerTicks());
        world.write(
                player.entity(), new Briefed(player.id(), context.tick().number() + lag + 1, true));
    }

    /** Offers anew once it is time, and tells what is new one look later, when it is there. */
    void round(EntityId entity, EventContext context) {
        World world = context.world();
        Briefed briefed = world.read(entity, Briefed.class);
        Player player = briefed == null ? null : context.players().find(briefed.playerId());
        long now = context.tick().number();
        if (briefed == null || player == null) {
            return;
        }
        if (briefed.fresh()) {
            tell(player, context);
            world.write(entity, new Briefed(player.id(), briefed.nextAt(), false));
        } else if (now >= briefed.nextAt()) {
            offer(player, context);
            world.write(entity, new Briefed(player.id(), now + config.offerTicks(), true));
        }
    }

    private void offer(Player player, EventContext context) {
        World world = context.world();
        Berth berth = Berth.of(player, context);
        Position at = berth == null ? null : world.read(berth.ship(), Position.class);
        if (at == null) {
            return;
        }
        for (EntityId old : missions(world, player.id())) {
            Mission mission = world.read(old, Mission.class);
            if (mission != null && !mission.accepted()) {
                world.destroy(old);
            }
        }
        EntityId entry = tastes(world, player.id());
        Tastes tastes = entry == null ? null : world.read(entry, Tastes.class);
        Tastes now = tastes == null ? Tastes.none() : tastes;
        for (int i = 0; i < config.offers(); i++) {
            long seed =
                    Randomness.bits(context.tick().seed(), now.round(), player.id(), 0x7100 + i);
            world.create(generate(player, now, at, seed, context), new Account(0));
        }
        if (entry == null) {
            world.create(new Owner(player.id()), now.nextRound());
        } else {
            world.write(entry, now.nextRound());
        }
    }

    private Mission generate(
            Player player, Tastes tastes, Position at, long seed, EventContext context) {
        Pursuit pursuit = Pursuit.MINE;
        double drawn = uniform(seed, 0);
        for (Pursuit each : Pursuit.values()) {
            pursuit = each;
            drawn -= tastes.chance(each);
            if (drawn < 0) {
                break;
            }
        }
        double size = uniform(seed, 1);
        int goal =
                switch (pursuit) {
                    case MINE -> 20 + (int) (size * 40);
                    case HAUL -> 20 + (int) (size * 60);
                    case FIGHT -> 1 + (int) (size * 4);
                    case EXPLORE -> 1;
                };
        double turn = 2 * Math.PI * uniform(seed, 2);
        double out = NEAREST_METRES + (config.reachMetres() - NEAREST_METRES) * uniform(seed, 3);
        return new Mission(
                player.id(),
                pursuit,
                goal,
                0,
                config.rewardCredits() / 2 + (long) (size * config.rewardCredits()),
                at.x() + out * StrictMath.cos(turn),
                at.y() + out * StrictMath.sin(turn),
                at.z() + 2_000 * (uniform(seed, 4) - 0.5),
                EntityId.NONE,
                false,
                context.tick().number() + 2L * config.offerTicks());
    }

    private static double uniform(long seed, int purpose) {
        return Randomness.uniform(Randomness.bits(seed, 0, 0, purpose));
    }

    // ---- what players ask -----------------------------------------------------------------------

    void accept(ProcgenEvents.Accept event, Player player, EventContext context) {
        World world = context.world();
        Mission mission =
                event.mission().isNone() ? null : world.read(event.mission(), Mission.class);
        EntityId treasury = Bank.treasury(world);
        if (mission == null || mission.playerId() != player.id() || mission.accepted()) {
            context.refuse(
                    "HZ-PGN-001", event.mission() + " isn't offered to you, or not any more");
        } else if (current(world, player.id()) != null) {
            context.refuse("HZ-PGN-002", "you have a mission already; finish it or drop it");
        } else if (treasury == null
                || !Bank.transfer(world, treasury, event.mission(), mission.reward())) {
            context.refuse("HZ-PGN-003", "nobody can pay for that mission now; take another one");
        } else {
            long seed = Randomness.bits(context.tick().seed(), 0, event.mission().value(), 0x7200);
            EntityId squadron = Scenes.set(world, mission, seed);
            long until = context.tick().number() + config.missionTicks();
            world.write(event.mission(), mission.accepted(squadron, until));
            tell(player, context);
        }
    }

    void drop(ProcgenEvents.Drop event, Player player, EventContext context) {
        EntityId current = current(context.world(), player.id());
        Mission mission = current == null ? null : context.world().read(current, Mission.class);
        if (current == null || mission == null) {
            context.refuse("HZ-PGN-004", "you have no mission to drop");
            return;
        }
        finish(current, mission, false, context);
        tell(player, context);
    }

    /** Ends missions that are over, and looks who has arrived. */
    void look(EntityId id, EventContext context) {
        World world = context.world();
        Mission mission = world.read(id, Mission.class);
        if (mission == null) {
            return;
        }
        if (context.tick().number() >= mission.expiresAt()) {
            if (mission.accepted()) {
                finish(id, mission, false, context);
            } else {
                world.destroy(id);
            }
            return;
        }
        Player player = context.players().find(mission.playerId());
        if (mission.accepted() && mission.pursuit() == Pursuit.EXPLORE && player != null) {
            Berth berth = Berth.of(player, context);
            Position at = berth == null ? null : world.read(berth.ship(), Position.class);
            if (at != null && isNear(at, mission)) {
                advance(id, mission, 1, context);
            }
        }
    }

    private static boolean isNear(Position at, Mission mission) {
        double dx = at.x() - mission.x();
        double dy = at.y() - mission.y();
        double dz = at.z() - mission.z();
        return dx * dx + dy * dy + dz * dz < ARRIVED_METRES * ARRIVED_METRES;
    }

    void tell(Player player, EventContext context) {
        World world = context.world();
        List<ProcgenEvents.Offer> offers = new ArrayList<>();
        for (EntityId id : missions(world, player.id())) {
            Mission mission = world.exists(id) ? world.read(id, Mission.class) : null;
            if (mission != null) {
                offers.add(
                        new ProcgenEvents.Offer(
                                id,
                                mission.pursuit(),
                                mission.goal(),
                                mission.done(),
                                mission.reward(),
                                mission.x(),
                                mission.y(),
                                mission.z(),
                                mission.accepted()));
            }
        }
        context.players().send(player, new ProcgenEvents.Offers(offers));
    }

    private static @Nullable EntityId current(World world, long playerId) {
        for (EntityId id : missions(world, playerId)) {
            Mission mission = world.exists(id) ? world.read(id, Mission.class) : null;
            if (mission != null && mission.accepted()) {
                return id;
            }
        }
        return null;
    }

    private static List<EntityId> missions(World world, long playerId) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(Mission.class, playerId, found::add);
        return found;
    }

    private static @Nullable EntityId tastes(World world, long playerId) {
        return world.find(Owner.class, playerId, Tastes.class);
    }
}
