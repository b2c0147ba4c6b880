package dev.horizon.engine.world;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What is known of a component: made once per generated column class as its {@code TYPE} constant.
 * Compared by identity.
 *
 * @param <C> the generated column class
 */
public final class ComponentType<C extends Column<?>> {
    private final String name;
    private final Class<? extends Record> recordClass;
    private final Class<C> columnClass;
    private final IntFunction<C> factory;
    private final List<ComponentField> fields;
    private final Set<Tier> tiers;
    private final boolean isCosmetic;
    private final int rowBytes;

    /** Called by generated code alone. */
    public ComponentType(
            String name,
            Class<? extends Record> recordClass,
            Class<C> columnClass,
            IntFunction<C> factory,
            List<ComponentField> fields,
            Set<Tier> tiers) {
        this(name, recordClass, columnClass, factory, fields, tiers, false);
    }

    /** Called by generated code alone. */
    public ComponentType(
            String name,
            Class<? extends Record> recordClass,
            Class<C> columnClass,
            IntFunction<C> factory,
            List<ComponentField> fields,
            Set<Tier> tiers,
            boolean isCosmetic) {
        this.name = name;
        this.recordClass = recordClass;
        this.columnClass = columnClass;
        this.factory = factory;
        this.fields = List.copyOf(fields);
        this.tiers = tiers;
        this.isCosmetic = isCosmetic;
        int bytes = 0;
        for (ComponentField field : fields) {
            bytes += field.bytes();
        }
        this.rowBytes = bytes;
    }

    /** Name on the wire and in tools, unique in a world. */
    public String name() {
        return name;
    }

    /**
     * Sixteen bits that stand for the name on the wire: a function of the name alone, so that it is
     * the same in every process. A world refuses two components whose ids meet.
     */
    public int wireId() {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & 0xFFFF;
    }

    /** The declaring record. */
    public Class<? extends Record> recordClass() {
        return recordClass;
    }

    /** The generated column class. */
    public Class<C> columnClass() {
        return columnClass;
    }

    /** A new column with room for the given number of rows, all zero. */
    public C newColumn(int capacity) {
        return factory.apply(capacity);
    }

    /** The record's fields in order of declaration. */
    public List<ComponentField> fields() {
        return fields;
    }

    /** The tiers at which clients receive it; empty where it isn't replicated. */
    public Set<Tier> tiers() {
        return tiers;
    }

    /** True where clients may be told of changes later, under overload. */
    public boolean isCosmetic() {
        return isCosmetic;
    }

    /** Bytes of one row in the form that {@link Column#writeRow} writes. */
    public int rowBytes() {
        return rowBytes;
    }

    @Override
    public String toString() {
        return name;
    }
}
