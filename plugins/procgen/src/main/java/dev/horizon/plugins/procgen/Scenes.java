package dev.horizon.plugins.procgen;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Ore;
import dev.horizon.ecs.damage.DamageState;
import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.Shield;
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
import dev.horizon.engine.systems.Randomness;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.GoodsFlow;
import dev.horizon.plugins.fleetai.Squadmate;
import dev.horizon.plugins.fleetai.Squadron;

/** Sets up what a mission is about: rocks, a marker, or pirates. */
final class Scenes {
    private static final int ROCKS = 5;
    private static final int ROCK_ORE = 200;
    private static final double SPREAD_METRES = 2_000;
    private static final float PATROL_METRES = 6_000;
    private static final Mount GUN =
            new Mount(MountKind.LAUNCHER, 8, 3_000, 1_500, 20, 2, 0.5f, Armament.UNLIMITED);

    private Scenes() {}

    /** Puts up what belongs to a mission; the pirates' squadron, or none. */
    static EntityId set(World world, Mission mission, long seed) {
        return switch (mission.pursuit()) {
            case MINE -> rocks(world, mission, seed);
            case EXPLORE -> marker(world, mission);
            case FIGHT -> pirates(world, mission, seed);
            case HAUL -> EntityId.NONE;
        };
    }

    private static double within(long seed, int i, int axis) {
        double share = Randomness.uniform(Randomness.bits(seed, i, 0, axis));
        return (2 * share - 1) * SPREAD_METRES;
    }

    private static EntityId rocks(World world, Mission mission, long seed) {
        for (int i = 0; i < ROCKS; i++) {
            world.create(
                    new Position(
                            mission.x() + within(seed, i, 0),
                            mission.y() + within(seed, i, 1),
                            mission.z() + within(seed, i, 2)),
                    new Size(SizeClass.CRAFT, 40),
                    new Identity(Faction.NONE, ShipType.ASTEROID, ""),
                    new Ore(ROCK_ORE));
        }
        world.create(new GoodsFlow(Commodity.ORE, ROCKS * ROCK_ORE));
        return EntityId.NONE;
    }

    private static EntityId marker(World world, Mission mission) {
        // An entity of its own that the mission ends with.
        return world.create(
                new Position(mission.x(), mission.y(), mission.z()),
                new Motion(0, 0, 0, 0, 0, 0),
                new Size(SizeClass.STATION, 30),
                new Identity(Faction.NONE, ShipType.CONTAINER, "Signal"));
    }

    private static EntityId pirates(World world, Mission mission, long seed) {
        EntityId squadron = world.create(Squadron.fresh(Faction.PIRATES));
        for (int i = 0; i < mission.goal(); i++) {
            world.create(
                    new Position(
                            mission.x() + within(seed, i, 0),
                            mission.y() + within(seed, i, 1),
                            mission.z() + within(seed, i, 2)),
                    new Motion(0, 0, 0, 0, 0, 0),
                    new Attitude(0, 0, 0, 1, 0, 0, 0),
                    new Size(SizeClass.CRAFT, 8),
                    new Identity(Faction.PIRATES, ShipType.FIGHTER, "Raider"),
                    new FlightModel(20, 900, 600, 600, 1.4f, 2, 4, 700),
                    Controls.NEUTRAL,
                    Sensor.withRange(8_000),
                    Hull.of(300),
                    Shield.of(100),
                    DamageState.fresh(8),
                    Armament.of(GUN),
                    WeaponState.charged(60, 10),
                    Docking.FREE,
                    Orders.attack(mission.x(), mission.y(), mission.z(), PATROL_METRES),
                    Helm.OFF,
                    new Squadmate(squadron));
        }
        return squadron;
    }

    /** Takes away what is left when a mission is over; rocks stay. */
    static void strike(World world, Mission mission) {
        if (mission.squadron().isNone()) {
            return;
        }
        world.forEach(Squadmate.class, mission.squadron().value(), world::destroy);
        world.destroy(mission.squadron());
    }
}
