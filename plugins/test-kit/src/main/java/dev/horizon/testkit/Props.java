package dev.horizon.testkit;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.MiningLaser;
import dev.horizon.ecs.cargo.Ore;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.ecs.damage.DamageState;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.docking.Bays;
import dev.horizon.ecs.docking.DockRequest;
import dev.horizon.ecs.docking.Docking;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.flight.FlightModel;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.sensors.Sensor;
import dev.horizon.ecs.steering.Helm;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.ecs.weapons.Armament;
import dev.horizon.ecs.weapons.Mount;
import dev.horizon.ecs.weapons.MountKind;
import dev.horizon.ecs.weapons.WeaponState;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stations, rocks and ships of the usual make, for worlds with {@link Mechanisms}. */
public final class Props {
    private static final Mount GUN =
            new Mount(MountKind.LAUNCHER, 20, 3_000, 1_500, 10, 1, -1, Armament.UNLIMITED);

    private Props() {}

    /** A station with bays that keeps its place, and what it has in store: units by ordinal. */
    public static EntityId station(World world, double x, double y, double z, int... store) {
        return world.create(
                new Position(x, y, z),
                new Motion(0, 0, 0, 0, 0, 0),
                new Size(SizeClass.STATION, 100),
                new Identity(Faction.GUILD, ShipType.STATION, "station"),
                Bays.of(8, 700),
                new Store(Arrays.copyOf(store, Commodity.COUNT)));
    }

    /** A rock with ore. */
    public static EntityId rock(World world, double x, double y, double z, int ore) {
        return world.create(
                new Position(x, y, z),
                new Size(SizeClass.CRAFT, 40),
                new Identity(Faction.NONE, ShipType.ASTEROID, ""),
                new Ore(ore));
    }

    /** An armed ship with a hold for 100 units and a mining laser, and what else it is given. */
    public static EntityId ship(
            World world,
            Faction faction,
            ShipType type,
            double x,
            double y,
            double z,
            Record... more) {
        return world.create(with(faction, type, x, y, z, Docking.FREE, more));
    }

    /** A player's ship in free flight. */
    public static EntityId ship(
            World world, FakePlayer player, double x, double y, double z, Record... more) {
        return ship(
                world,
                Faction.FREELANCE,
                ShipType.EXPLORER,
                x,
                y,
                z,
                plus(more, new Owner(player.player().id())));
    }

    /** A player's ship in the first bay of a station. */
    public static EntityId docked(
            World world, FakePlayer player, EntityId station, Record... more) {
        Docking docking = new Docking(DockRequest.NONE, station, (byte) 0, 0);
        Record[] records =
                plus(more, new Owner(player.player().id()), new Parent(station, 0, 0, 0));
        return world.create(with(Faction.FREELANCE, ShipType.EXPLORER, 0, 0, 0, docking, records));
    }

    private static Record[] with(
            Faction faction,
            ShipType type,
            double x,
            double y,
            double z,
            Docking docking,
            Record... more) {
        List<Record> records = new ArrayList<>(Arrays.asList(more));
        for (Record usual :
                List.of(
                        new Position(x, y, z),
                        new Motion(0, 0, 0, 0, 0, 0),
                        new Attitude(0, 0, 0, 1, 0, 0, 0),
                        new Size(SizeClass.CRAFT, 12),
                        new Identity(faction, type, "ship"),
                        new FlightModel(60, 2_700, 2_400, 2_000, 1.3f, 2, 4, 1_000),
                        Controls.NEUTRAL,
                        Sensor.withRange(10_000),
                        Hull.of(400),
                        Shield.of(100),
                        DamageState.fresh(10),
                        Armament.of(GUN, GUN),
                        WeaponState.charged(100, 20),
                        Hold.empty(100),
                        MiningLaser.off(600, 10, 20),
                        Orders.MANUAL,
                        Helm.OFF,
                        docking)) {
            if (records.stream().noneMatch(given -> given.getClass() == usual.getClass())) {
                records.add(usual);
            }
        }
        return records.toArray(Record[]::new);
    }

    /**
     * Has a player who comes see from the ship that is theirs, or from a new one in free flight.
     */
    public static void board(PlayerConnected event, EventContext context) {
        Owner owner = new Owner(event.player().id());
        World world = context.world();
        EntityId ship = world.find(Owner.class, owner.playerId(), Position.class);
        Position at = new Position(0, 0, 0);
        Motion still = new Motion(0, 0, 0, 0, 0, 0);
        context.players()
                .focus(
                        event.player(),
                        ship == null ? world.create(at, still, Docking.FREE, owner) : ship);
    }

    private static Record[] plus(Record[] records, Record... more) {
        Record[] all = Arrays.copyOf(records, records.length + more.length);
        System.arraycopy(more, 0, all, records.length, more.length);
        return all;
    }
}
