package dev.horizon.ecs.damage;

import dev.horizon.ecs.weapons.HitColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/** Makes hits of those that other nodes told of. */
final class FarHitSystem implements SystemTask {
    static Access access() {
        return Access.reading(FarHitColumn.TYPE).emitting(HitColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        FarHitColumn far = rows.read(FarHitColumn.TYPE);
        Effects<HitColumn> hits = rows.effects(HitColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (far.node[row] == 0) {
                int added = hits.add();
                HitColumn hit = hits.column();
                hit.target[added] = far.target[row];
                hit.source[added] = far.source[row];
                hit.damage[added] = far.damage[row];
                rows.commands().destroy(rows.entityAt(row));
            }
        }
    }
}
