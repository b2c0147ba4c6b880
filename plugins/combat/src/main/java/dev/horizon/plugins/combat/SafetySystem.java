package dev.horizon.plugins.combat;

import dev.horizon.ecs.docking.BaysColumn;
import dev.horizon.ecs.flight.ControlsColumn;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.PositionColumn;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of players' triggers near stations, unless what they aim at is hostile to them or wanted.
 * It looks at ships whose pilot fires, and at nothing else.
 */
final class SafetySystem implements ExclusiveTask {
    private final double safeMetres;

    SafetySystem(CombatConfig config) {
        this.safeMetres = config.safeMetres();
    }

    static Access access() {
        return Access.none()
                .optional(BaysColumn.TYPE, PositionColumn.TYPE, IdentityColumn.TYPE)
                .optionallyUpdating(SafetyColumn.TYPE, ControlsColumn.TYPE)
                .lookingUp(WantedColumn.TYPE, GhostColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            SafetyColumn safety = rows.optionalUpdate(SafetyColumn.TYPE);
            ControlsColumn controls = rows.optionalUpdate(ControlsColumn.TYPE);
            PositionColumn position = rows.optional(PositionColumn.TYPE);
            IdentityColumn identity = rows.optional(IdentityColumn.TYPE);
            if (safety == null || controls == null || position == null || identity == null) {
                continue;
            }
            for (int row = 0; row < rows.to(); row++) {
                if (controls.fire[row]
                        && !isFair(sweep.lookup(), controls.target[row], identity.faction[row])
                        && isSafe(sweep, position, row)) {
                    controls.fire[row] = false;
                    controls.markRow(row);
                    safety.heldAt[row] = (int) tick.number();
                    safety.markRow(row);
                }
            }
        }
    }

    private static boolean isFair(Lookup lookup, long target, byte shooter) {
        long at = target == 0 ? Lookup.NOWHERE : lookup.locate(target);
        if (at == Lookup.NOWHERE) {
            return false;
        }
        IdentityColumn identity = lookup.column(IdentityColumn.TYPE, at);
        return lookup.column(WantedColumn.TYPE, at) != null
                || identity != null && Faction.hostile(shooter, identity.faction[Lookup.row(at)]);
    }

    private boolean isSafe(Sweep sweep, PositionColumn place, int ship) {
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            @Nullable PositionColumn position = rows.optional(PositionColumn.TYPE);
            if (position == null || rows.optional(BaysColumn.TYPE) == null) {
                continue;
            }
            for (int row = 0; row < rows.to(); row++) {
                double dx = position.x[row] - place.x[ship];
                double dy = position.y[row] - place.y[ship];
                double dz = position.z[row] - place.z[ship];
                if (dx * dx + dy * dy + dz * dz < safeMetres * safeMetres) {
                    return true;
                }
            }
        }
        return false;
    }
}
