package dev.horizon.engine.channels;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.horizon.engine.systems.Randomness;
import dev.horizon.engine.world.ComponentField;
import dev.horizon.engine.world.ComponentType;
import org.agrona.MutableDirectBuffer;

/**
 * Rounds the floating-point fields of an encoded component row to their quanta, so that receivers
 * aren't told of changes that they are not meant to see. Immutable; allocates nothing.
 */
final class RowRounding {
    private final int[] offsets;
    private final double[] quanta;
    private final boolean[] wide;
    private final int rowBytes;

    RowRounding(ComponentType<?> type) {
        int count = 0;
        for (ComponentField field : type.fields()) {
            count += isRounded(field) ? field.length() : 0;
        }
        offsets = new int[count];
        quanta = new double[count];
        wide = new boolean[count];
        rowBytes = type.rowBytes();
        int at = 0;
        int index = 0;
        for (ComponentField field : type.fields()) {
            if (isRounded(field)) {
                for (int i = 0; i < field.length(); i++) {
                    offsets[index] = at + i * field.kind().bytes();
                    quanta[index] = field.quantum();
                    wide[index] = field.kind() == ComponentField.Kind.DOUBLE;
                    index++;
                }
            }
            at += field.bytes();
        }
    }

    private static boolean isRounded(ComponentField field) {
        return field.quantum() > 0
                && (field.kind() == ComponentField.Kind.FLOAT
                        || field.kind() == ComponentField.Kind.DOUBLE);
    }

    /** Rounds a row in place. */
    void round(MutableDirectBuffer row, int offset) {
        for (int i = 0; i < offsets.length; i++) {
            int at = offset + offsets[i];
            double quantum = quanta[i];
            if (wide[i]) {
                double value = row.getDouble(at, LITTLE_ENDIAN);
                row.putDouble(at, Math.rint(value / quantum) * quantum, LITTLE_ENDIAN);
            } else {
                double value = row.getFloat(at, LITTLE_ENDIAN);
                row.putFloat(at, (float) (Math.rint(value / quantum) * quantum), LITTLE_ENDIAN);
            }
        }
    }

    /** A hash of a row's bytes; never 0. */
    long hash(MutableDirectBuffer row, int offset) {
        long hash = rowBytes;
        int at = offset;
        int end = offset + rowBytes;
        for (; at + 8 <= end; at += 8) {
            hash = Randomness.mix(hash ^ row.getLong(at));
        }
        for (; at < end; at++) {
            hash = hash * 31 + row.getByte(at);
        }
        hash = Randomness.mix(hash);
        return hash == 0 ? 1 : hash;
    }
}
