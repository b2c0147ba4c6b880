package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityIdMapping;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A column that holds nothing, to make many column classes of. */
public class BlankColumn extends Column<BlankColumn.Blank> {
    /** Nothing. */
    public record Blank() {}

    private static final ComponentType<BlankColumn> TYPE =
            new ComponentType<>(
                    "Blank", Blank.class, BlankColumn.class, BlankColumn::new, List.of(), Set.of());

    /** With room for so many rows of nothing. */
    public BlankColumn(int capacity) {
        super(capacity);
    }

    @Override
    public ComponentType<BlankColumn> type() {
        return TYPE;
    }

    @Override
    public BlankColumn withCapacity(int newCapacity, int rows) {
        try {
            return getClass().getConstructor(int.class).newInstance(newCapacity);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("no constructor", impossible);
        }
    }

    @Override
    public void moveRow(int from, int to) {}

    @Override
    public void copyRow(Column<?> source, int from, int to) {}

    @Override
    public void copyRows(Column<?> source, int from, int to) {}

    @Override
    public void clearRow(int row) {}

    @Override
    public Blank row(int row) {
        return new Blank();
    }

    @Override
    public void setRow(int row, Blank value) {}

    @Override
    public long hash(int from, int to) {
        return 0;
    }

    @Override
    public void writeRow(int row, MutableDirectBuffer out, int offset) {}

    @Override
    public void readRow(int row, DirectBuffer in, int offset) {}

    @Override
    public void remapIds(int row, EntityIdMapping mapping) {}
}
