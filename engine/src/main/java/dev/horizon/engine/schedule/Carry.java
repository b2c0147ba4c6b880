package dev.horizon.engine.schedule;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;

/**
 * The engine's system {@code engine/carry}: places what rides in something, at the end of the stage
 * in which things move. It walks from each rider up to the entity that rides in nobody, turning
 * each local place by its carrier's attitude, so that the order of rows doesn't matter.
 */
final class Carry {
    private static final int DEPTH_MAX = 32;

    private Carry() {}

    static RegisteredSystem system() {
        Access access =
                Access.reading(ParentColumn.TYPE)
                        .updating(PositionColumn.TYPE)
                        .lookingUp(ParentColumn.TYPE, PositionColumn.TYPE, AttitudeColumn.TYPE);
        return new RegisteredSystem(
                Plan.ENGINE, SystemSpec.of("carry", Stage.MOVE, access, Carry::run));
    }

    private static void run(Rows rows, Tick tick) {
        ParentColumn parents = rows.read(ParentColumn.TYPE);
        PositionColumn positions = rows.update(PositionColumn.TYPE);
        Lookup lookup = rows.lookup();
        for (int row = rows.from(); row < rows.to(); row++) {
            if (parents.id[row] != 0) {
                place(row, parents, positions, lookup);
            }
        }
    }

    private static void place(
            int row, ParentColumn parents, PositionColumn positions, Lookup lookup) {
        double offsetX = 0;
        double offsetY = 0;
        double offsetZ = 0;
        ParentColumn link = parents;
        int linkRow = row;
        for (int depth = 0; depth < DEPTH_MAX; depth++) {
            long carrier = lookup.locate(link.id[linkRow]);
            if (carrier == Lookup.NOWHERE) {
                return;
            }
            int carrierRow = Lookup.row(carrier);
            double x = link.x[linkRow];
            double y = link.y[linkRow];
            double z = link.z[linkRow];
            AttitudeColumn attitudes = lookup.column(AttitudeColumn.TYPE, carrier);
            if (attitudes != null) {
                // v + 2 q x (q x v + w v): a unit quaternion turns a vector (Diebel 2006, eq. 117).
                double qx = attitudes.qx[carrierRow];
                double qy = attitudes.qy[carrierRow];
                double qz = attitudes.qz[carrierRow];
                double qw = attitudes.qw[carrierRow];
                double tx = qy * z - qz * y + qw * x;
                double ty = qz * x - qx * z + qw * y;
                double tz = qx * y - qy * x + qw * z;
                x += 2 * (qy * tz - qz * ty);
                y += 2 * (qz * tx - qx * tz);
                z += 2 * (qx * ty - qy * tx);
            }
            offsetX += x;
            offsetY += y;
            offsetZ += z;
            ParentColumn above = lookup.column(ParentColumn.TYPE, carrier);
            if (above == null || above.id[carrierRow] == 0) {
                PositionColumn at = lookup.column(PositionColumn.TYPE, carrier);
                if (at != null) {
                    double worldX = at.x[carrierRow] + offsetX;
                    double worldY = at.y[carrierRow] + offsetY;
                    double worldZ = at.z[carrierRow] + offsetZ;
                    set(positions, row, worldX, worldY, worldZ);
                }
                return;
            }
            link = above;
            linkRow = carrierRow;
        }
    }

    private static void set(PositionColumn positions, int row, double x, double y, double z) {
        if (positions.x[row] != x || positions.y[row] != y || positions.z[row] != z) {
            positions.x[row] = x;
            positions.y[row] = y;
            positions.z[row] = z;
            positions.markRow(row);
        }
    }
}
