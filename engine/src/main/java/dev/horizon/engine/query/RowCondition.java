package dev.horizon.engine.query;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentField;
import dev.horizon.engine.world.EntityId;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Asks a condition of rows as their columns store them, so that no record is made of each. */
final class RowCondition {
    private RowCondition() {}

    static IntPredicate of(Condition condition, Column<?>[] columns) {
        return switch (condition) {
            case Condition.All all -> {
                IntPredicate[] parts = parts(all.parts(), columns);
                yield row -> {
                    for (IntPredicate part : parts) {
                        if (!part.test(row)) {
                            return false;
                        }
                    }
                    return true;
                };
            }
            case Condition.Any any -> {
                IntPredicate[] parts = parts(any.parts(), columns);
                yield row -> {
                    for (IntPredicate part : parts) {
                        if (part.test(row)) {
                            return true;
                        }
                    }
                    return false;
                };
            }
            case Condition.Not not -> of(not.part(), columns).negate();
            case Condition.Has has -> {
                boolean isThere = column(columns, has.component()) != null;
                yield row -> isThere;
            }
            case Condition.Comparison comparison ->
                    of(comparison, column(columns, comparison.component()));
        };
    }

    private static IntPredicate[] parts(Iterable<Condition> parts, Column<?>[] columns) {
        List<IntPredicate> tests = new ArrayList<>();
        parts.forEach(part -> tests.add(of(part, columns)));
        return tests.toArray(IntPredicate[]::new);
    }

    private static @Nullable Column<?> column(Column<?>[] columns, String name) {
        for (Column<?> column : columns) {
            if (column.type().name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    private static IntPredicate of(Condition.Comparison comparison, @Nullable Column<?> column) {
        int offset = 0;
        if (column != null) {
            for (ComponentField field : column.type().fields()) {
                if (field.name().equals(comparison.field())) {
                    return of(comparison, column, field, offset);
                }
                offset += field.bytes();
            }
        }
        return row -> false;
    }

    private static IntPredicate of(
            Condition.Comparison comparison, Column<?> column, ComponentField field, int offset) {
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[column.type().rowBytes()]);
        int elements = field.kind() == ComponentField.Kind.TEXT ? 1 : field.length();
        return row -> {
            column.writeRow(row, bytes, 0);
            for (int i = 0; i < elements; i++) {
                if (comparison.fulfils(value(field, bytes, offset + i * field.kind().bytes()))) {
                    return true;
                }
            }
            return false;
        };
    }

    /** One element of a field, as {@link Fields} has it. */
    private static Object value(ComponentField field, UnsafeBuffer bytes, int at) {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        return switch (field.kind()) {
            case BOOLEAN -> bytes.getByte(at) != 0;
            case BYTE -> bytes.getByte(at);
            case SHORT -> bytes.getShort(at, order);
            case CHAR -> bytes.getChar(at, order);
            case INT -> bytes.getInt(at, order);
            case LONG -> bytes.getLong(at, order);
            case FLOAT -> bytes.getFloat(at, order);
            case DOUBLE -> bytes.getDouble(at, order);
            case ENUM -> field.constants().get(bytes.getByte(at));
            case ENTITY -> new EntityId(bytes.getLong(at, order)).toString();
            case TEXT -> text(bytes, at, field.length());
        };
    }

    private static String text(UnsafeBuffer bytes, int at, int bytesMax) {
        int length = Math.min(bytes.getByte(at) & 0xFF, bytesMax);
        return new String(bytes.byteArray(), at + 1, length, StandardCharsets.UTF_8);
    }
}
