package dev.horizon.ecs.cargo;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;

/** Runs mining lasers: one extraction per cycle while the rock is in range. */
final class MiningSystem implements SystemTask {
    static Access access() {
        return Access.reading(PositionColumn.TYPE)
                .updating(MiningLaserColumn.TYPE)
                .lookingUp(PositionColumn.TYPE, SizeColumn.TYPE)
                .emitting(ExtractColumn.TYPE)
                .without(ParentColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        MiningLaserColumn laser = rows.update(MiningLaserColumn.TYPE);
        PositionColumn position = rows.read(PositionColumn.TYPE);
        int now = (int) tick.number();
        for (int row = rows.from(); row < rows.to(); row++) {
            long rock = laser.target[row];
            if (rock == 0 || now - laser.readyAt[row] < 0) {
                continue;
            }
            laser.readyAt[row] = now + Math.max(1, laser.cycleTicks[row]);
            laser.markRow(row);
            if (inRange(rows.lookup(), rock, position, row, laser.range[row])) {
                Effects<ExtractColumn> effects = rows.effects(ExtractColumn.TYPE);
                int effect = effects.add();
                ExtractColumn extract = effects.column();
                extract.rock[effect] = rock;
                extract.miner[effect] = rows.entityAt(row);
                extract.units[effect] = laser.unitsPerCycle[row];
            }
        }
    }

    private static boolean inRange(
            Lookup lookup, long rock, PositionColumn position, int row, float range) {
        long at = lookup.locate(rock);
        if (at == Lookup.NOWHERE) {
            return false;
        }
        PositionColumn place = lookup.column(PositionColumn.TYPE, at);
        SizeColumn size = lookup.column(SizeColumn.TYPE, at);
        if (place == null) {
            return false;
        }
        int other = Lookup.row(at);
        double dx = place.x[other] - position.x[row];
        double dy = place.y[other] - position.y[row];
        double dz = place.z[other] - position.z[row];
        double reach = range + (size == null ? 0 : size.radius[other]);
        return dx * dx + dy * dy + dz * dz <= reach * reach;
    }
}
