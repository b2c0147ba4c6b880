package dev.horizon.plugins.sol;

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
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Steering;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a ship of one design is put together: the same records for every ship of it, so that new
 * ships share them.
 *
 * @param design which
 * @param shipType for its identity
 * @param sizeClass how far it shows
 * @param radius metres
 * @param model of flight
 * @param hull points
 * @param shield points
 * @param shieldRecharge points per second
 * @param sensorRange metres
 * @param parts its subsystems by slot
 * @param crew their roles
 * @param equipment further components
 */
record Blueprint(
        Design design,
        ShipType shipType,
        SizeClass sizeClass,
        float radius,
        FlightModel model,
        float hull,
        float shield,
        float shieldRecharge,
        float sensorRange,
        List<SubsystemKind> parts,
        List<CrewRole> crew,
        List<Record> equipment) {
    private static final float PART_HEALTH = 60;
    private static final float CREW_HEALTH = 100;

    /** Components that are the same for every ship of this design. */
    List<Record> common() {
        List<Record> records = new ArrayList<>();
        records.add(new Size(sizeClass, radius));
        records.add(model);
        records.add(Controls.NEUTRAL);
        records.add(ShipSystems.whole(parts, crew));
        records.add(Sensor.withRange(sensorRange));
        records.add(Hull.of(hull));
        records.add(Shield.of(shield));
        records.add(DamageState.fresh(shieldRecharge));
        records.add(Docking.FREE);
        records.addAll(equipment);
        return records;
    }

    /** The components of the entity that rides in a slot, but for its parent. */
    Subsystem part(int slot) {
        return new Subsystem(parts.get(slot), (byte) slot, PART_HEALTH, PART_HEALTH);
    }

    /** The components of one of the crew, but for their parent. */
    CrewMember member(int index) {
        return new CrewMember(crew.get(index), CREW_HEALTH);
    }

    /** Launches a ship with all that rides in it. */
    EntityId launch(
            World world, Faction faction, String name, Place place, Orders orders, Record... more) {
        List<Record> records = common();
        records.add(new Position(place.x(), place.y(), place.z()));
        records.add(new Motion(place.vx(), place.vy(), place.vz(), 0, 0, 0));
        records.add(new Attitude(0, 0, 0, 1, 0, 0, 0));
        records.add(Steering.NONE);
        records.add(new Identity(faction, shipType, name));
        records.add(orders);
        records.add(Helm.OFF);
        records.addAll(Arrays.asList(more));
        EntityId ship = world.create(records.toArray(Record[]::new));
        Parent aboard = new Parent(ship, 0, 0, 0);
        for (int slot = 0; slot < parts.size(); slot++) {
            world.create(aboard, part(slot));
        }
        for (int i = 0; i < crew.size(); i++) {
            world.create(aboard, member(i));
        }
        return ship;
    }
}
