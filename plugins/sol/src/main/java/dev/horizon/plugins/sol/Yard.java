package dev.horizon.plugins.sol;

import static dev.horizon.ecs.subsystems.CrewRole.ENGINEER;
import static dev.horizon.ecs.subsystems.CrewRole.GUNNER;
import static dev.horizon.ecs.subsystems.CrewRole.MEDIC;
import static dev.horizon.ecs.subsystems.CrewRole.PILOT;
import static dev.horizon.ecs.subsystems.SubsystemKind.CARGO_BAY;
import static dev.horizon.ecs.subsystems.SubsystemKind.CREW_STATION;
import static dev.horizon.ecs.subsystems.SubsystemKind.ENGINE;
import static dev.horizon.ecs.subsystems.SubsystemKind.LIFE_SUPPORT;
import static dev.horizon.ecs.subsystems.SubsystemKind.REACTOR;
import static dev.horizon.ecs.subsystems.SubsystemKind.SENSOR_ARRAY;
import static dev.horizon.ecs.subsystems.SubsystemKind.SHIELD_GENERATOR;
import static dev.horizon.ecs.subsystems.SubsystemKind.THRUSTER;
import static dev.horizon.ecs.subsystems.SubsystemKind.TOOL;
import static dev.horizon.ecs.subsystems.SubsystemKind.TURRET;

import dev.horizon.ecs.cargo.Hold;
import dev.horizon.ecs.cargo.MiningLaser;
import dev.horizon.ecs.flight.FlightModel;
import dev.horizon.ecs.flight.Fuel;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.weapons.Armament;
import dev.horizon.ecs.weapons.Mount;
import dev.horizon.ecs.weapons.MountKind;
import dev.horizon.ecs.weapons.WeaponState;
import dev.horizon.engine.world.SizeClass;
import java.util.List;

/** The designs that fly in the system, by {@link Design}. */
final class Yard {
    private static final Mount PULSE_GUN =
            new Mount(MountKind.LAUNCHER, 9, 3_000, 1_500, 16, 2, 0.5f, Armament.UNLIMITED);
    private static final Mount TURRET_GUN =
            new Mount(MountKind.LAUNCHER, 14, 4_000, 1_600, 30, 3, -1, Armament.UNLIMITED);
    private static final Mount LANCE = new Mount(MountKind.BEAM, 12, 2_500, 0, 24, 6, 0.2f, -1);
    private static final Mount BROADSIDE = new Mount(MountKind.BEAM, 30, 4_000, 0, 40, 10, -1, -1);
    private static final Mount CANNON =
            new Mount(MountKind.LAUNCHER, 12, 3_500, 1_600, 6, 1, 0.3f, 600);

    private static final Blueprint FIGHTER =
            new Blueprint(
                    Design.FIGHTER,
                    ShipType.FIGHTER,
                    SizeClass.CRAFT,
                    8,
                    new FlightModel(20, 1_000, 600, 600, 1.6f, 2.5f, 4, 900),
                    600,
                    300,
                    12,
                    8_000,
                    List.of(
                            ENGINE,
                            ENGINE,
                            THRUSTER,
                            REACTOR,
                            SHIELD_GENERATOR,
                            TURRET,
                            SENSOR_ARRAY,
                            LIFE_SUPPORT),
                    List.of(PILOT, ENGINEER),
                    List.of(Armament.of(PULSE_GUN, PULSE_GUN), WeaponState.charged(80, 12)));

    private static final Blueprint CORVETTE =
            new Blueprint(
                    Design.CORVETTE,
                    ShipType.CORVETTE,
                    SizeClass.CRAFT,
                    25,
                    new FlightModel(200, 5_000, 3_500, 3_000, 0.9f, 1.2f, 1.5f, 800),
                    1_800,
                    900,
                    25,
                    10_000,
                    List.of(
                            ENGINE,
                            ENGINE,
                            THRUSTER,
                            THRUSTER,
                            REACTOR,
                            SHIELD_GENERATOR,
                            TURRET,
                            TURRET,
                            TURRET,
                            SENSOR_ARRAY,
                            LIFE_SUPPORT,
                            CREW_STATION),
                    List.of(PILOT, ENGINEER, GUNNER, GUNNER),
                    List.of(
                            Armament.of(TURRET_GUN, TURRET_GUN, LANCE),
                            WeaponState.charged(150, 20)));

    private static final Blueprint CRUISER =
            new Blueprint(
                    Design.CRUISER,
                    ShipType.CRUISER,
                    SizeClass.CAPITAL,
                    90,
                    new FlightModel(4_000, 48_000, 30_000, 24_000, 0.35f, 0.4f, 0.4f, 700),
                    9_000,
                    5_000,
                    80,
                    12_000,
                    List.of(
                            ENGINE,
                            ENGINE,
                            ENGINE,
                            THRUSTER,
                            THRUSTER,
                            REACTOR,
                            REACTOR,
                            SHIELD_GENERATOR,
                            SHIELD_GENERATOR,
                            TURRET,
                            TURRET,
                            TURRET,
                            TURRET,
                            SENSOR_ARRAY,
                            SENSOR_ARRAY,
                            LIFE_SUPPORT,
                            LIFE_SUPPORT,
                            CARGO_BAY,
                            CREW_STATION,
                            CREW_STATION),
                    List.of(PILOT, PILOT, ENGINEER, ENGINEER, ENGINEER, GUNNER, GUNNER, MEDIC),
                    List.of(
                            Armament.of(TURRET_GUN, TURRET_GUN, BROADSIDE, BROADSIDE),
                            WeaponState.charged(600, 60)));

    private static final Blueprint FREIGHTER =
            new Blueprint(
                    Design.FREIGHTER,
                    ShipType.FREIGHTER,
                    SizeClass.CRAFT,
                    60,
                    new FlightModel(2_000, 24_000, 20_000, 12_000, 0.4f, 0.5f, 0.5f, 750),
                    2_500,
                    600,
                    10,
                    9_000,
                    List.of(
                            ENGINE,
                            ENGINE,
                            THRUSTER,
                            THRUSTER,
                            REACTOR,
                            SHIELD_GENERATOR,
                            SENSOR_ARRAY,
                            LIFE_SUPPORT,
                            CARGO_BAY,
                            CARGO_BAY),
                    List.of(PILOT, ENGINEER, MEDIC),
                    List.of(Hold.empty(400)));

    private static final Blueprint MINER =
            new Blueprint(
                    Design.MINER,
                    ShipType.MINER,
                    SizeClass.CRAFT,
                    20,
                    new FlightModel(300, 7_000, 5_000, 4_500, 0.7f, 0.8f, 1, 700),
                    1_000,
                    300,
                    8,
                    8_000,
                    List.of(
                            ENGINE,
                            THRUSTER,
                            THRUSTER,
                            REACTOR,
                            SHIELD_GENERATOR,
                            TOOL,
                            SENSOR_ARRAY,
                            LIFE_SUPPORT,
                            CARGO_BAY),
                    List.of(PILOT, ENGINEER),
                    List.of(Hold.empty(120), MiningLaser.off(600, 10, 100)));

    private static final Blueprint EXPLORER =
            new Blueprint(
                    Design.EXPLORER,
                    ShipType.EXPLORER,
                    SizeClass.CRAFT,
                    12,
                    new FlightModel(60, 2_700, 2_400, 2_000, 1.3f, 2, 4, 1_000),
                    1_500,
                    800,
                    25,
                    12_000,
                    List.of(
                            ENGINE,
                            ENGINE,
                            THRUSTER,
                            THRUSTER,
                            REACTOR,
                            SHIELD_GENERATOR,
                            TURRET,
                            TURRET,
                            SENSOR_ARRAY,
                            LIFE_SUPPORT,
                            CARGO_BAY,
                            TOOL),
                    List.of(PILOT, ENGINEER, ENGINEER, MEDIC),
                    List.of(
                            Armament.of(CANNON, CANNON, LANCE),
                            WeaponState.charged(120, 20),
                            Hold.empty(60),
                            MiningLaser.off(600, 10, 100),
                            new Fuel(20_000, 20_000, 4)));

    private static final Blueprint[] BY_ORDINAL = {
        FIGHTER, CORVETTE, CRUISER, FREIGHTER, MINER, EXPLORER
    };

    private Yard() {}

    static Blueprint of(Design design) {
        return BY_ORDINAL[design.ordinal()];
    }

    static Blueprint of(byte ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
