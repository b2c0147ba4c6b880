package dev.horizon.plugins.guilds;

import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.gates.Gates;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Berth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fleets: ships that keep a place beside their leader, by the steering's orders to escort, and jump
 * with it. A pilot who takes the stick leaves the formation's steering, not the fleet.
 */
final class Fleets {
    private static final double SPACING_MIN = 50;
    private static final double SPACING_MAX = 2_000;
    private static final double GATE_METRES = 10_000;

    private final GuildsConfig config;

    Fleets(GuildsConfig config) {
        this.config = config;
    }

    void form(GuildEvents.Form event, Player player, EventContext context) {
        World world = context.world();
        Membership own = Hall.need(player, Rank.OFFICER, context);
        if (own == null) {
            return;
        }
        Berth flag = Berth.of(player, context);
        if (flag == null || !flag.station().isNone()) {
            context.refuse("HZ-GLD-012", "a fleet forms about a ship that isn't docked");
            return;
        }
        if (!(event.spacing() >= SPACING_MIN && event.spacing() <= SPACING_MAX)) {
            context.refuse("HZ-GLD-013", "ships fly 50 to 2,000 metres apart");
            return;
        }
        List<EntityId> ships = new ArrayList<>(List.of(flag.ship()));
        List<Player> crew = new ArrayList<>(List.of(player));
        world.write(flag.ship(), new Wing(flag.ship(), 0));
        for (Player other : context.players().all()) {
            Membership theirs = Members.of(world, other.id());
            Berth berth = other.id() == player.id() ? null : Berth.of(other, context);
            if (theirs == null
                    || berth == null
                    || !theirs.guild().equals(own.guild())
                    || !berth.station().isNone()
                    || !(metres(world, flag.ship(), berth.ship()) <= config.fleetMetres())) {
                continue;
            }
            int slot = ships.size();
            world.write(berth.ship(), new Wing(flag.ship(), slot));
            world.write(
                    berth.ship(),
                    Orders.escort(
                            flag.ship(),
                            EntityId.NONE,
                            event.formation().x(slot, event.spacing()),
                            event.formation().y(slot, event.spacing()),
                            event.formation().z(slot, event.spacing())));
            ships.add(berth.ship());
            crew.add(other);
        }
        for (Player each : crew) {
            tell(each, flag.ship(), ships, context);
        }
    }

    private static void tell(
            Player player, EntityId leader, List<EntityId> ships, EventContext context) {
        context.players().send(player, new GuildEvents.Fleet(leader, ships));
        context.players()
                .focusList(
                        player, ships.subList(0, Math.min(ships.size(), Players.FOCUS_LIST_MAX)));
    }

    void disband(GuildEvents.Disband event, Player player, EventContext context) {
        if (!leave(player, context)) {
            context.refuse("HZ-GLD-014", "your ship flies in no fleet");
        }
    }

    /**
     * Takes a player's ship out of its fleet; where it leads, ends the fleet. False for no fleet.
     */
    static boolean leave(Player player, EventContext context) {
        World world = context.world();
        Berth berth = Berth.of(player, context);
        Wing wing = berth == null ? null : world.read(berth.ship(), Wing.class);
        if (berth == null || wing == null) {
            return false;
        }
        for (EntityId ship : ships(world, wing.leader())) {
            if (wing.slot() == 0 || ship.equals(berth.ship())) {
                world.remove(ship, Wing.class);
                if (!ship.equals(wing.leader())) {
                    world.write(ship, Orders.MANUAL);
                }
                Owner owner = world.read(ship, Owner.class);
                Player pilot = owner == null ? null : context.players().find(owner.playerId());
                if (pilot != null) {
                    tell(pilot, EntityId.NONE, List.of(), context);
                }
            }
        }
        return true;
    }

    void jump(GuildEvents.Jump event, Player player, EventContext context) {
        World world = context.world();
        Berth flag = Berth.of(player, context);
        Wing wing = flag == null ? null : world.read(flag.ship(), Wing.class);
        if (flag == null || wing == null || wing.slot() != 0) {
            context.refuse("HZ-GLD-014", "your ship leads no fleet");
            return;
        }
        List<EntityId> fleet = ships(world, wing.leader());
        if (!event.gate().isNone()
                && event.gate().equals(Gates.near(world, flag.ship(), GATE_METRES))) {
            Gates.jump(world, event.gate(), near(world, flag.ship(), fleet));
            return;
        }
        EntityId from = gateNear(world, flag.ship());
        if (from == null || !isGate(world, event.gate()) || from.equals(event.gate())) {
            context.refuse(
                    "HZ-GLD-015",
                    "fly within 10 km of a gate and name another of this star system, or a gate to"
                            + " another star system and name that");
            return;
        }
        Position out = world.read(event.gate(), Position.class);
        Position in = world.read(from, Position.class);
        Motion moving = world.read(event.gate(), Motion.class);
        if (out == null || in == null || moving == null) {
            return;
        }
        // Who is near is decided before the first of them is gone.
        for (EntityId ship : near(world, flag.ship(), fleet)) {
            Position at = world.read(ship, Position.class);
            if (at != null) {
                world.write(
                        ship,
                        new Position(
                                out.x() + at.x() - in.x(),
                                out.y() + at.y() - in.y(),
                                out.z() + at.z() - in.z()));
                world.write(ship, moving);
            }
        }
    }

    /** Those of a fleet that are near its leader and in no bay, the leader first. */
    private static List<EntityId> near(World world, EntityId leader, List<EntityId> fleet) {
        return fleet.stream()
                .filter(ship -> metres(world, leader, ship) <= GATE_METRES)
                .filter(ship -> {
                    Docking docking = world.read(ship, Docking.class);
                    return docking == null || docking.bay() < 0;
                })
                .toList();
    }

    private static boolean isGate(World world, EntityId id) {
        Identity identity = id.isNone() ? null : world.read(id, Identity.class);
        return identity != null && identity.shipType() == ShipType.GATE;
    }

    private static @Nullable EntityId gateNear(World world, EntityId ship) {
        List<EntityId> found = new ArrayList<>(1);
        world.forEach(
                Identity.class,
                id -> {
                    if (isGate(world, id) && metres(world, ship, id) <= GATE_METRES) {
                        found.add(id);
                    }
                });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The ships of a fleet, in order of their slots. */
    private static List<EntityId> ships(World world, EntityId leader) {
        record Placed(EntityId ship, int slot) {}
        List<Placed> found = new ArrayList<>();
        world.forEach(
                Wing.class,
                leader.value(),
                id -> {
                    Wing wing = world.read(id, Wing.class);
                    if (wing != null) {
                        found.add(new Placed(id, wing.slot()));
                    }
                });
        found.sort(Comparator.comparingInt(Placed::slot));
        return found.stream().map(Placed::ship).toList();
    }

    private static double metres(World world, EntityId a, EntityId b) {
        Position from = world.read(a, Position.class);
        Position to = world.read(b, Position.class);
        if (from == null || to == null) {
            return Double.POSITIVE_INFINITY;
        }
        double dx = from.x() - to.x();
        double dy = from.y() - to.y();
        double dz = from.z() - to.z();
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
