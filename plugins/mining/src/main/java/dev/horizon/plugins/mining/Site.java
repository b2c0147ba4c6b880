package dev.horizon.plugins.mining;

import dev.horizon.ecs.cargo.MiningLaser;
import dev.horizon.ecs.cargo.Ore;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Berth;
import org.jspecify.annotations.Nullable;

/** Where players start, stop and claim; refuses what can't be, and says why. */
final class Site {
    private static final double CLAIM_METRES = 5_000;

    private final MiningConfig config;

    Site(MiningConfig config) {
        this.config = config;
    }

    void start(MiningEvents.Start event, Player player, EventContext context) {
        World world = context.world();
        Berth berth = miner(player, context);
        if (berth == null || !isRock(event.rock(), context)) {
            return;
        }
        MiningLaser laser = world.read(berth.ship(), MiningLaser.class);
        Claim claim = world.read(event.rock(), Claim.class);
        if (laser == null || surfaceMetres(world, berth.ship(), event.rock()) > laser.range()) {
            context.refuse("HZ-MIN-003", event.rock() + " is out of the laser's range; fly closer");
        } else if (claim != null && claim.playerId() != player.id()) {
            context.refuse("HZ-MIN-004", "another player has a claim on " + event.rock());
        } else {
            Drill drill = world.read(berth.ship(), Drill.class);
            int usual = drill == null ? laser.unitsPerCycle() : drill.unitsPerCycle();
            if (drill == null) {
                world.write(berth.ship(), new Drill(usual));
            }
            int units = claim == null ? usual : usual * config.claimYieldPercent() / 100;
            world.write(
                    berth.ship(),
                    new MiningLaser(
                            laser.range(),
                            units,
                            laser.cycleTicks(),
                            event.rock(),
                            laser.readyAt()));
        }
    }

    void stop(MiningEvents.StopLaser event, Player player, EventContext context) {
        Berth berth = miner(player, context);
        if (berth == null) {
            return;
        }
        MiningLaser laser = context.world().read(berth.ship(), MiningLaser.class);
        if (laser != null) {
            context.world()
                    .write(
                            berth.ship(),
                            new MiningLaser(
                                    laser.range(),
                                    laser.unitsPerCycle(),
                                    laser.cycleTicks(),
                                    EntityId.NONE,
                                    laser.readyAt()));
        }
    }

    void claim(MiningEvents.StakeClaim event, Player player, EventContext context) {
        World world = context.world();
        Berth berth = miner(player, context);
        if (berth == null || !isRock(event.rock(), context)) {
            return;
        }
        Claim claim = world.read(event.rock(), Claim.class);
        if (claim != null && claim.playerId() != player.id()) {
            context.refuse("HZ-MIN-004", "another player has a claim on " + event.rock());
        } else if (!(surfaceMetres(world, berth.ship(), event.rock()) <= CLAIM_METRES)) {
            context.refuse("HZ-MIN-003", event.rock() + " is more than 5 km away; fly closer");
        } else if (claim == null && claims(world, player) >= config.claimsMax()) {
            context.refuse(
                    "HZ-MIN-005",
                    "you have " + config.claimsMax() + " claims; wait for one to end");
        } else {
            long until = context.tick().number() + config.claimTicks();
            world.write(event.rock(), new Claim(player.id(), (int) until));
            context.players().send(player, new MiningEvents.Claimed(event.rock(), until));
        }
    }

    private static int claims(World world, Player player) {
        int[] count = new int[1];
        world.forEach(Claim.class, player.id(), rock -> count[0]++);
        return count[0];
    }

    private static @Nullable Berth miner(Player player, EventContext context) {
        Berth berth = Berth.of(player, context);
        if (berth == null
                || !berth.station().isNone()
                || context.world().read(berth.ship(), MiningLaser.class) == null) {
            context.refuse("HZ-MIN-001", "mining needs a ship with a laser, out of its bay");
            return null;
        }
        return berth;
    }

    private static boolean isRock(EntityId rock, EventContext context) {
        if (rock.isNone() || context.world().read(rock, Ore.class) == null) {
            context.refuse("HZ-MIN-002", rock + " is no rock with ore");
            return false;
        }
        return true;
    }

    private static double surfaceMetres(World world, EntityId ship, EntityId rock) {
        Position from = world.read(ship, Position.class);
        Position to = world.read(rock, Position.class);
        Size size = world.read(rock, Size.class);
        if (from == null || to == null) {
            return Double.POSITIVE_INFINITY;
        }
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double dz = to.z() - from.z();
        return Math.sqrt(dx * dx + dy * dy + dz * dz) - (size == null ? 0 : size.radius());
    }

    static void tell(EntityId id, EventContext context) {
        Stop stop = context.world().read(id, Stop.class);
        context.world().destroy(id);
        Player player = stop == null ? null : context.players().find(stop.playerId());
        if (stop != null && player != null) {
            context.players()
                    .send(player, new MiningEvents.Stopped(stop.rock(), stop.reason().name()));
        }
    }
}
