package dev.horizon.plugins.sol;

import dev.horizon.ecs.docking.Bays;
import dev.horizon.ecs.docking.DockRequest;
import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Players and their ships. Inputs name no ship: they are for the sender's own, so nobody can steer
 * another's.
 */
final class Bridge {
    static final String NAMESPACE = "ship";
    private static final double EXTENT_METRES = 1e9;
    private static final int NAME_BYTES_MAX = 24;

    /** From a station's middle: outside of it, and near enough to see it. */
    private static final double BERTHS_FROM = 1_000;

    private static final double BERTHS_TO = 8_000;

    private Bridge() {}

    static void register(EventRegistrar events, SolConfig config) {
        events.toClient(NAMESPACE, "taken", ShipEvents.ShipTaken.class);
        events.toClient(NAMESPACE, "hidden", ShipEvents.Hidden.class);
        events.toClient(NAMESPACE, "docked", ShipEvents.Docked.class);
        events.toClient(NAMESPACE, "undocked", ShipEvents.Undocked.class);
        events.toClient(NAMESPACE, "destroyed", ShipEvents.Destroyed.class);
        events.on(PlayerConnected.class, Bridge::connected);
        events.on(TickStarted.class, Bridge::tell);
        events.onClient(
                NAMESPACE,
                "take",
                ShipEvents.TakeShip.class,
                (event, player, context) -> take(player, context, config));
        events.onInput(NAMESPACE, "controls", ShipEvents.Controls.class, Bridge::controls);
        events.onClient(NAMESPACE, "go-to", ShipEvents.GoTo.class, Bridge::goTo);
        events.onClient(NAMESPACE, "target", ShipEvents.SelectTarget.class, Bridge::target);
        events.onClient(NAMESPACE, "dock", ShipEvents.Dock.class, Bridge::dock);
        events.onClient(NAMESPACE, "undock", ShipEvents.Undock.class, Bridge::undock);
        events.onClient(NAMESPACE, "hide", ShipEvents.Hide.class, Bridge::hide);
        Passage.register(events);
    }

    /** Puts a returning player back on the bridge of the ship that came with their profile. */
    private static void connected(PlayerConnected event, EventContext context) {
        EntityId ship = owned(context.world(), event.player().id());
        if (ship != null) {
            board(event.player(), ship, context);
        }
    }

    private static @Nullable EntityId owned(World world, long playerId) {
        return world.find(Owner.class, playerId, Watch.class);
    }

    private static void board(Player player, EntityId ship, EventContext context) {
        context.world().write(player.entity(), new Pilot(ship));
        context.players().focus(player, ship);
        context.players().send(player, new ShipEvents.ShipTaken(ship));
        Hiding.comeBack(player, ship, context);
        Attention.pay(player, ship, context);
    }

    private static void take(Player player, EventContext context, SolConfig config) {
        World world = context.world();
        if (shipOf(player, world) != null) {
            context.refuse(
                    "HZ-SHP-002",
                    "you have a ship already; fly it, or lose it before you ask again");
            return;
        }
        Place place =
                config.battleShips() > 0
                        ? Battle.arrival(config, player.id())
                        : berth(player, context);
        if (place == null) {
            return;
        }
        EntityId ship =
                Yard.of(Design.EXPLORER)
                        .launch(
                                world,
                                Faction.FREELANCE,
                                shortName(player.name()),
                                place,
                                Orders.MANUAL,
                                new Owner(player.id()),
                                new Watch((byte) -1));
        board(player, ship, context);
    }

    /**
     * About the player's station, or null after a refusal. Where is a matter of who it is, so that
     * thousands who come at once don't begin inside one another, nor all within range.
     */
    private static @Nullable Place berth(Player player, EventContext context) {
        World world = context.world();
        List<EntityId> stations = new ArrayList<>();
        world.forEach(Bays.class, stations::add);
        if (stations.isEmpty()) {
            context.refuse("HZ-SHP-003", "this star system has no station that gives out ships");
            return null;
        }
        EntityId station = stations.get((int) Long.remainderUnsigned(player.id(), stations.size()));
        Position at = world.read(station, Position.class);
        Motion movement = world.read(station, Motion.class);
        if (at == null || movement == null) {
            context.refuse("HZ-SHP-003", "the station that gives out ships is gone; ask again");
            return null;
        }
        return Place.of(at, movement).about(new Dice(player.id()), BERTHS_FROM, BERTHS_TO);
    }

    /** The longest start of a name that fits its column, by whole characters. */
    static String shortName(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int point = name.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > NAME_BYTES_MAX) {
                break;
            }
            end += Character.charCount(point);
        }
        return name.substring(0, end);
    }

    private static @Nullable EntityId shipOf(Player player, World world) {
        Pilot pilot = world.read(player.entity(), Pilot.class);
        return pilot == null || !world.exists(pilot.ship()) ? null : pilot.ship();
    }

    /** The sender's ship, or null after a refusal. */
    static @Nullable EntityId need(Player player, EventContext context) {
        EntityId ship = shipOf(player, context.world());
        if (ship == null) {
            context.refuse("HZ-SHP-001", "you have no ship; send ship:take for one");
        }
        return ship;
    }

    private static void controls(ShipEvents.Controls event, Player player, EventContext context) {
        EntityId ship = need(player, context);
        if (ship == null) {
            return;
        }
        float demand =
                Math.abs(event.thrustX())
                        + Math.abs(event.thrustY())
                        + Math.abs(event.thrustZ())
                        + Math.abs(event.roll())
                        + Math.abs(event.pitch())
                        + Math.abs(event.yaw());
        if (!(demand <= 6)) {
            context.refuse(
                    "HZ-SHP-004",
                    "a control is beyond -1 to 1 or no number; send what the stick says");
            return;
        }
        World world = context.world();
        Orders orders = world.read(ship, Orders.class);
        boolean isManual = orders == null || orders.behaviour() == Behaviour.MANUAL;
        if (!isManual && demand == 0) {
            // Hands off the stick: the autopilot keeps the ship.
            return;
        }
        if (!isManual) {
            world.write(ship, Orders.MANUAL);
            cancelDocking(player, ship, context);
        }
        EntityId target = world.isSeen(event.target()) ? event.target() : EntityId.NONE;
        Controls held = world.read(ship, Controls.class);
        world.write(
                ship,
                new Controls(
                        event.thrustX(),
                        event.thrustY(),
                        event.thrustZ(),
                        event.roll(),
                        event.pitch(),
                        event.yaw(),
                        event.fire(),
                        target));
        if (held == null || !held.target().equals(target)) {
            Attention.pay(player, ship, context);
        }
    }

    private static void goTo(ShipEvents.GoTo event, Player player, EventContext context) {
        EntityId ship = need(player, context);
        if (ship == null) {
            return;
        }
        double reach =
                Math.max(Math.max(Math.abs(event.x()), Math.abs(event.y())), Math.abs(event.z()));
        if (!(reach <= EXTENT_METRES)) {
            context.refuse("HZ-SHP-005", "that place is outside of the star system");
            return;
        }
        context.world().write(ship, Orders.goTo(event.x(), event.y(), event.z()));
        cancelDocking(player, ship, context);
    }

    private static void target(ShipEvents.SelectTarget event, Player player, EventContext context) {
        EntityId ship = need(player, context);
        if (ship == null) {
            return;
        }
        World world = context.world();
        if (!event.target().isNone() && !world.isSeen(event.target())) {
            context.refuse("HZ-SHP-006", "there is no " + event.target() + " to aim at");
            return;
        }
        Controls held = world.read(ship, Controls.class);
        Controls now = held == null ? Controls.NEUTRAL : held;
        world.write(
                ship,
                new Controls(
                        now.thrustX(),
                        now.thrustY(),
                        now.thrustZ(),
                        now.roll(),
                        now.pitch(),
                        now.yaw(),
                        now.fire(),
                        event.target()));
        Attention.pay(player, ship, context);
    }

    private static void dock(ShipEvents.Dock event, Player player, EventContext context) {
        EntityId ship = need(player, context);
        if (ship == null) {
            return;
        }
        World world = context.world();
        if (event.station().isNone() || !isStation(event.station(), world)) {
            context.refuse("HZ-SHP-007", event.station() + " has no docking bays; name a station");
            return;
        }
        world.write(ship, Orders.dock(event.station()));
        Attention.pay(player, ship, context);
    }

    /** Here, or beyond a border: then the ship flies there, and docks once it is handed over. */
    private static boolean isStation(EntityId station, World world) {
        Identity ghost = world.readGhost(station, Identity.class);
        return world.read(station, Bays.class) != null
                || ghost != null && ghost.shipType() == ShipType.STATION;
    }

    private static void undock(ShipEvents.Undock event, Player player, EventContext context) {
        EntityId ship = need(player, context);
        if (ship == null) {
            return;
        }
        World world = context.world();
        Docking docking = world.read(ship, Docking.class);
        if (docking == null || docking.bay() < 0) {
            context.refuse("HZ-SHP-008", "your ship isn't docked");
            return;
        }
        world.write(ship, Orders.MANUAL);
        world.write(
                ship,
                new Docking(
                        DockRequest.UNDOCK, docking.station(), docking.bay(), docking.dockedAt()));
    }

    private static void hide(ShipEvents.Hide event, Player player, EventContext context) {
        EntityId ship = need(player, context);
        if (ship != null) {
            Hiding.set(event.hidden(), player, ship, context);
        }
    }

    private static void cancelDocking(Player player, EntityId ship, EventContext context) {
        World world = context.world();
        Docking docking = world.read(ship, Docking.class);
        if (docking != null && docking.request() == DockRequest.DOCK) {
            world.write(ship, Docking.FREE);
        }
        Attention.pay(player, ship, context);
    }

    private static void tell(TickStarted event, EventContext context) {
        context.world().forEach(Notice.class, context, Bridge::tell);
    }

    private static void tell(EntityId id, EventContext context) {
        World world = context.world();
        Notice notice = world.read(id, Notice.class);
        world.destroy(id);
        Player player = notice == null ? null : context.players().find(notice.playerId());
        if (notice == null || player == null) {
            return;
        }
        context.players()
                .send(
                        player,
                        switch (notice.kind()) {
                            case DOCKED -> new ShipEvents.Docked(notice.ship(), notice.other());
                            case UNDOCKED -> new ShipEvents.Undocked(notice.ship(), notice.other());
                            case DESTROYED ->
                                    new ShipEvents.Destroyed(notice.ship(), notice.other());
                        });
        if (notice.kind() == Notice.Kind.DESTROYED) {
            world.remove(player.entity(), Pilot.class);
        }
        Attention.pay(player, notice.ship(), context);
    }
}
