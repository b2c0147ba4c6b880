package dev.horizon.plugins.sol;

import dev.horizon.ecs.cargo.HoldColumn;
import dev.horizon.ecs.cargo.MiningLaserColumn;
import dev.horizon.ecs.damage.DamageStateColumn;
import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.damage.ShieldColumn;
import dev.horizon.ecs.docking.DockingColumn;
import dev.horizon.ecs.flight.ControlsColumn;
import dev.horizon.ecs.flight.FlightModelColumn;
import dev.horizon.ecs.flight.FuelColumn;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.sensors.SensorColumn;
import dev.horizon.ecs.steering.Helm;
import dev.horizon.ecs.steering.HelmColumn;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.ecs.steering.OrdersColumn;
import dev.horizon.ecs.subsystems.CrewMemberColumn;
import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.ecs.subsystems.SubsystemColumn;
import dev.horizon.ecs.weapons.ArmamentColumn;
import dev.horizon.ecs.weapons.WeaponStateColumn;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.engine.world.Steering;
import dev.horizon.engine.world.SteeringColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * One filled row of every column of a design: a ship that comes in the middle of a tick is a copy
 * of these rows, and costs no objects. Immutable once made.
 */
final class Mould {
    /** The components of postings' ships, their parts and their crew. */
    static final List<ComponentType<?>> TYPES =
            List.of(
                    PositionColumn.TYPE,
                    MotionColumn.TYPE,
                    AttitudeColumn.TYPE,
                    SteeringColumn.TYPE,
                    SizeColumn.TYPE,
                    IdentityColumn.TYPE,
                    FlightModelColumn.TYPE,
                    ControlsColumn.TYPE,
                    FuelColumn.TYPE,
                    ShipSystemsColumn.TYPE,
                    SensorColumn.TYPE,
                    HullColumn.TYPE,
                    ShieldColumn.TYPE,
                    DamageStateColumn.TYPE,
                    DockingColumn.TYPE,
                    ArmamentColumn.TYPE,
                    WeaponStateColumn.TYPE,
                    HoldColumn.TYPE,
                    MiningLaserColumn.TYPE,
                    OrdersColumn.TYPE,
                    HelmColumn.TYPE,
                    PostingColumn.TYPE,
                    ParentColumn.TYPE,
                    SubsystemColumn.TYPE,
                    CrewMemberColumn.TYPE);

    private static final Composition PART = Composition.of(ParentColumn.TYPE, SubsystemColumn.TYPE);
    private static final Composition MEMBER =
            Composition.of(ParentColumn.TYPE, CrewMemberColumn.TYPE);

    private final Composition ship;
    private final ComponentType<?>[] types;
    private final Column<?>[] rows;
    private final SubsystemColumn parts;
    private final CrewMemberColumn crew;
    private final int partCount;
    private final int crewCount;

    Mould(Blueprint blueprint) {
        List<Record> records = new ArrayList<>(blueprint.common());
        records.add(new Position(0, 0, 0));
        records.add(new Motion(0, 0, 0, 0, 0, 0));
        records.add(new Attitude(0, 0, 0, 1, 0, 0, 0));
        records.add(Steering.NONE);
        records.add(new Identity(Faction.NONE, blueprint.shipType(), ""));
        records.add(Orders.MANUAL);
        records.add(Helm.OFF);
        records.add(new Posting(blueprint.design(), EntityId.NONE, 0, 0, 0));
        types = new ComponentType<?>[records.size()];
        rows = new Column<?>[records.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = typeOf(records.get(i));
            rows[i] = filled(types[i].newColumn(1), records.get(i));
        }
        ship = Composition.of(types);
        partCount = blueprint.parts().size();
        crewCount = blueprint.crew().size();
        parts = new SubsystemColumn(Math.max(1, partCount));
        for (int slot = 0; slot < partCount; slot++) {
            parts.setRow(slot, blueprint.part(slot));
        }
        crew = new CrewMemberColumn(Math.max(1, crewCount));
        for (int i = 0; i < crewCount; i++) {
            crew.setRow(i, blueprint.member(i));
        }
    }

    private static ComponentType<?> typeOf(Record record) {
        for (ComponentType<?> type : TYPES) {
            if (type.recordClass() == record.getClass()) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                record.getClass().getSimpleName() + " is missing in the list of components");
    }

    @SuppressWarnings("unchecked")
    private static Column<?> filled(Column<?> column, Record value) {
        ((Column<Record>) column).setRow(0, value);
        return column;
    }

    /** The composition of the ships. */
    Composition ship() {
        return ship;
    }

    /**
     * Prepares a ship with all that rides in it.
     *
     * @return its row in the staging columns of {@link #ship()}
     */
    int cast(Commands commands) {
        int row = commands.spawn(ship);
        for (int i = 0; i < types.length; i++) {
            commands.column(ship, types[i]).copyRow(rows[i], 0, row);
        }
        long id = commands.provisionalId(ship, row);
        for (int slot = 0; slot < partCount; slot++) {
            int part = commands.spawn(PART);
            commands.column(PART, ParentColumn.TYPE).id[part] = id;
            commands.column(PART, SubsystemColumn.TYPE).copyRow(parts, slot, part);
        }
        for (int i = 0; i < crewCount; i++) {
            int member = commands.spawn(MEMBER);
            commands.column(MEMBER, ParentColumn.TYPE).id[member] = id;
            commands.column(MEMBER, CrewMemberColumn.TYPE).copyRow(crew, i, member);
        }
        return row;
    }
}
