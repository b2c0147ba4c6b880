package dev.horizon.ecs.subsystems;

import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.world.Lookup;

/**
 * Damages and repairs single parts of a ship and keeps the sum on the ship right. For exclusive
 * systems that declare {@link Subsystem}, {@link CrewMember} and {@link ShipSystems} as optionally
 * updated.
 */
public final class Parts {
    /**
     * A ship carries at most its slots, its crew and what is docked: the walk over it ends here.
     */
    private static final int CHILDREN_MAX = 256;

    private static final float FACTOR_MIN = 0.1f;

    private Parts() {}

    /** Slots up to the last that holds a part, or 0 where an entity has none. */
    public static int slots(Sweep sweep, long shipAt) {
        ShipSystemsColumn systems = sweep.update(ShipSystemsColumn.TYPE, shipAt);
        int from = Lookup.row(shipAt) * ShipSystems.SLOTS;
        int slots = systems == null ? 0 : ShipSystems.SLOTS;
        while (systems != null && slots > 0 && systems.kinds[from + slots - 1] == 0) {
            slots--;
        }
        return slots;
    }

    /**
     * Changes the health of the part in a slot; does nothing where the slot is empty.
     *
     * @param ship id of the ship
     * @param shipAt its location
     * @param points to add, negative for damage
     * @return the points that were really added or taken, as a positive number
     */
    public static float mend(Sweep sweep, long ship, long shipAt, int slot, float points) {
        ShipSystemsColumn systems = sweep.update(ShipSystemsColumn.TYPE, shipAt);
        if (systems == null) {
            return 0;
        }
        Lookup lookup = sweep.lookup();
        long child = lookup.firstChild(ship);
        for (int i = 0; child != 0 && i < CHILDREN_MAX; i++) {
            long at = lookup.locate(child);
            if (at != Lookup.NOWHERE) {
                SubsystemColumn part = sweep.update(SubsystemColumn.TYPE, at);
                int row = Lookup.row(at);
                if (part != null && part.slot[row] == slot) {
                    return change(part, row, systems, Lookup.row(shipAt), slot, points);
                }
            }
            child = lookup.nextSibling(child);
        }
        return 0;
    }

    private static float change(
            SubsystemColumn part,
            int row,
            ShipSystemsColumn systems,
            int ship,
            int slot,
            float points) {
        float before = part.health[row];
        float most = part.healthMax[row];
        float after = Math.max(0f, Math.min(most, before + points));
        if (after == before) {
            return 0;
        }
        part.health[row] = after;
        part.markRow(row);
        int index = ship * ShipSystems.SLOTS + slot;
        // Rounded so that only a whole part shows 100 and only a dead one 0.
        byte percent =
                after >= most
                        ? (byte) 100
                        : after <= 0 ? 0 : (byte) Math.max(1, Math.min(99, 100 * after / most));
        if (systems.health[index] != percent) {
            systems.health[index] = percent;
            sum(systems, ship);
            systems.markRow(ship);
        }
        return Math.abs(after - before);
    }

    /** Works the factors out again from the slots. */
    static void sum(ShipSystemsColumn systems, int ship) {
        int from = ship * ShipSystems.SLOTS;
        int damaged = 0;
        for (int i = from; i < from + ShipSystems.SLOTS; i++) {
            if (systems.kinds[i] != 0 && systems.health[i] < 100) {
                damaged++;
            }
        }
        systems.damaged[ship] = (byte) damaged;
        systems.thrust[ship] = factor(systems, from, SubsystemKind.ENGINE);
        systems.turn[ship] = Math.max(FACTOR_MIN, factor(systems, from, SubsystemKind.THRUSTER));
        systems.power[ship] = factor(systems, from, SubsystemKind.REACTOR);
        systems.shields[ship] = factor(systems, from, SubsystemKind.SHIELD_GENERATOR);
        systems.weapons[ship] = factor(systems, from, SubsystemKind.TURRET);
        systems.sensors[ship] =
                Math.max(FACTOR_MIN, factor(systems, from, SubsystemKind.SENSOR_ARRAY));
        systems.lifeSupport[ship] = factor(systems, from, SubsystemKind.LIFE_SUPPORT);
    }

    private static float factor(ShipSystemsColumn systems, int from, SubsystemKind kind) {
        int parts = 0;
        int sum = 0;
        for (int i = from; i < from + ShipSystems.SLOTS; i++) {
            if (systems.kinds[i] == kind.ordinal()) {
                parts++;
                sum += systems.health[i];
            }
        }
        return parts == 0 ? 1f : sum / (100f * parts);
    }

    /**
     * Hurts one of the crew.
     *
     * @param pick which of those alive, any number; taken modulo their count
     * @param points of health to take
     */
    public static void hurt(Sweep sweep, long ship, long shipAt, int pick, float points) {
        ShipSystemsColumn systems = sweep.update(ShipSystemsColumn.TYPE, shipAt);
        int shipRow = Lookup.row(shipAt);
        if (systems == null || systems.crew[shipRow] <= 0) {
            return;
        }
        int left = Math.floorMod(pick, (int) systems.crew[shipRow]);
        Lookup lookup = sweep.lookup();
        long child = lookup.firstChild(ship);
        for (int i = 0; child != 0 && i < CHILDREN_MAX; i++) {
            long at = lookup.locate(child);
            CrewMemberColumn member =
                    at == Lookup.NOWHERE ? null : sweep.update(CrewMemberColumn.TYPE, at);
            int row = Lookup.row(at);
            if (member != null && member.health[row] > 0 && left-- == 0) {
                member.health[row] = Math.max(0f, member.health[row] - points);
                member.markRow(row);
                if (member.health[row] == 0) {
                    systems.crew[shipRow]--;
                    if (member.role[row] == CrewRole.ENGINEER.ordinal()) {
                        systems.engineers[shipRow]--;
                    }
                    systems.markRow(shipRow);
                }
                return;
            }
            child = lookup.nextSibling(child);
        }
    }
}
