package dev.horizon.ecs;

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
import dev.horizon.ecs.subsystems.CrewMember;
import dev.horizon.ecs.subsystems.CrewRole;
import dev.horizon.ecs.subsystems.ShipSystems;
import dev.horizon.ecs.subsystems.Subsystem;
import dev.horizon.ecs.subsystems.SubsystemKind;
import dev.horizon.ecs.weapons.Armament;
import dev.horizon.ecs.weapons.Mount;
import dev.horizon.ecs.weapons.MountKind;
import dev.horizon.ecs.weapons.WeaponState;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ships for tests. */
public final class Ships {
    public static final FlightModel MODEL =
            new FlightModel(100, 4_000, 2_000, 2_000, 1.5f, 2f, 3f, 500);
    public static final Attitude AHEAD = new Attitude(0, 0, 0, 1, 0, 0, 0);
    public static final Mount CANNON =
            new Mount(MountKind.LAUNCHER, 10, 3_000, 1_500, 10, 1, -1, 40);
    public static final Mount BEAM = new Mount(MountKind.BEAM, 5, 2_000, 0, 20, 1, -1, -1);

    private Ships() {}

    public static Position at(double x, double y, double z) {
        return new Position(x, y, z);
    }

    public static Motion moving(float x, float y, float z) {
        return new Motion(x, y, z, 0, 0, 0);
    }

    public static Identity identity(Faction faction) {
        return new Identity(faction, ShipType.FIGHTER, "test");
    }

    /** A warship with six parts and two engineers, and what else it is given. */
    public static EntityId warship(
            MechanismWorld world, Faction faction, Orders orders, Position at, Record... more) {
        List<SubsystemKind> kinds =
                List.of(
                        SubsystemKind.ENGINE,
                        SubsystemKind.THRUSTER,
                        SubsystemKind.REACTOR,
                        SubsystemKind.SHIELD_GENERATOR,
                        SubsystemKind.TURRET,
                        SubsystemKind.SENSOR_ARRAY);
        List<CrewRole> crew = List.of(CrewRole.ENGINEER, CrewRole.ENGINEER);
        List<Record> parts =
                new ArrayList<>(
                        List.of(
                                at,
                                moving(0, 0, 0),
                                AHEAD,
                                new Size(SizeClass.CRAFT, 15),
                                identity(faction),
                                MODEL,
                                Controls.NEUTRAL,
                                ShipSystems.whole(kinds, crew),
                                Sensor.withRange(10_000),
                                Armament.of(CANNON, BEAM),
                                WeaponState.charged(100, 20),
                                Hull.of(100),
                                Shield.of(50),
                                DamageState.fresh(5),
                                Docking.FREE,
                                orders,
                                Helm.OFF));
        parts.addAll(Arrays.asList(more));
        EntityId ship = world.create(parts.toArray(Record[]::new));
        for (int slot = 0; slot < kinds.size(); slot++) {
            world.create(
                    new Parent(ship, 0, 0, 0), new Subsystem(kinds.get(slot), (byte) slot, 20, 20));
        }
        for (CrewRole role : crew) {
            world.create(new Parent(ship, 0, 0, 0), new CrewMember(role, 100));
        }
        return ship;
    }
}
