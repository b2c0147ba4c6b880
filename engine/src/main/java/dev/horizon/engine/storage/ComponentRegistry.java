package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.HorizonWorldException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The components of one world, each with an ordinal, in order of name. Changes as a whole, by the
 * tick thread between ticks, when plugins are replaced; {@link #types} may be called by any thread.
 */
public final class ComponentRegistry {
    private static final int UNKNOWN = -1;

    private volatile List<ComponentType<?>> types;
    private Map<Class<?>, ComponentType<?>> byRecord = new HashMap<>();
    private Map<String, ComponentType<?>> byName = new HashMap<>();
    private Int2IntHashMap ordinals = new Int2IntHashMap(UNKNOWN);
    private Column<?>[] scratch;
    private @Nullable ImageForms imageForms;

    /**
     * Indexes the components.
     *
     * @throws HorizonException HZ-WLD-001 when two share a name, HZ-WLD-002 when two share a wire
     *     id
     */
    ComponentRegistry(Collection<? extends ComponentType<?>> components) {
        List<ComponentType<?>> sorted = new ArrayList<>();
        for (ComponentType<?> type : components) {
            ComponentType<?> other = byName.putIfAbsent(type.name(), type);
            if (other == null) {
                sorted.add(type);
                byRecord.put(type.recordClass(), type);
            } else if (other != type) {
                throw new HorizonException(
                        "HZ-WLD-001",
                        "components "
                                + other.recordClass().getName()
                                + " and "
                                + type.recordClass().getName()
                                + " are both named "
                                + type.name()
                                + "; give one another name with @Component(\"...\")");
            }
        }
        sorted.sort((a, b) -> a.name().compareTo(b.name()));
        types = List.copyOf(sorted);
        scratch = new Column<?>[types.size()];
        for (int i = 0; i < types.size(); i++) {
            int other = ordinals.put(types.get(i).wireId(), i);
            if (other != UNKNOWN) {
                throw new HorizonException(
                        "HZ-WLD-002",
                        "components "
                                + types.get(other)
                                + " and "
                                + types.get(i)
                                + " have the same wire id "
                                + types.get(i).wireId()
                                + "; give one another name with @Component(\"...\")");
            }
            scratch[i] = types.get(i).newColumn(1);
        }
    }

    /** Becomes the same as another. */
    void become(ComponentRegistry other) {
        types = other.types;
        byRecord = other.byRecord;
        byName = other.byName;
        ordinals = other.ordinals;
        scratch = other.scratch;
        // They name types of plugins that are replaced, whose classes would stay.
        imageForms = null;
    }

    /** How images of entities describe these components. */
    ImageForms imageForms() {
        ImageForms known = imageForms;
        if (known == null) {
            known = new ImageForms(this);
            imageForms = known;
        }
        return known;
    }

    /** Names of the components that a world made of these has, in the order of their ordinals. */
    public static List<String> names(Collection<? extends ComponentType<?>> components) {
        return new ComponentRegistry(EngineComponents.with(components))
                .types.stream().map(ComponentType::name).toList();
    }

    /** All components, by ordinal. */
    public List<ComponentType<?>> types() {
        return types;
    }

    /** The component declared by a record class, or null. */
    public @Nullable ComponentType<?> find(Class<?> record) {
        return byRecord.get(record);
    }

    /** The component with a name, or null. */
    public @Nullable ComponentType<?> find(String name) {
        return byName.get(name);
    }

    /** The component with a wire id, or null. */
    public @Nullable ComponentType<?> byWireId(int wireId) {
        int ordinal = ordinals.get(wireId);
        return ordinal == UNKNOWN ? null : types.get(ordinal);
    }

    /**
     * The component declared by a record class.
     *
     * @throws HorizonWorldException when it isn't registered
     */
    ComponentType<?> require(Class<?> record) {
        ComponentType<?> type = byRecord.get(record);
        if (type == null) {
            throw new HorizonWorldException(
                    "component "
                            + record.getName()
                            + " isn't registered: pass its column's TYPE to Registrar.components");
        }
        return type;
    }

    /**
     * The ordinal of a component.
     *
     * @throws HorizonWorldException when it isn't registered
     */
    int ordinal(ComponentType<?> type) {
        int ordinal = ordinals.get(type.wireId());
        if (ordinal == UNKNOWN || types.get(ordinal) != type) {
            throw new HorizonWorldException(
                    "component "
                            + type
                            + " isn't registered: pass "
                            + type.columnClass().getSimpleName()
                            + ".TYPE to Registrar.components");
        }
        return ordinal;
    }

    /**
     * Checks a value that is to become a row.
     *
     * @throws HorizonWorldException when its component isn't registered, or marks ghosts, which
     *     nobody makes
     * @throws IllegalArgumentException when a text or an array doesn't fit its bound
     */
    ComponentType<?> check(Record component) {
        ComponentType<?> type = require(component.getClass());
        if (type == GhostColumn.TYPE) {
            throw new HorizonWorldException(
                    "a ghost is another node's entity: it comes to be by what that node tells");
        }
        setRow(scratch[ordinal(type)], 0, component);
        return type;
    }

    /** Writes a value of a component that was found by the value's class. */
    @SuppressWarnings("unchecked")
    static <R extends Record> void setRow(Column<R> column, int row, @Nullable Record value) {
        column.setRow(row, (R) Objects.requireNonNull(value));
    }

    /** Refuses components of which one is given twice. */
    static void requireDistinct(Record... components) {
        for (int i = 0; i < components.length; i++) {
            for (int j = 0; j < i; j++) {
                if (components[i].getClass() == components[j].getClass()) {
                    throw new HorizonWorldException(
                            "component "
                                    + components[i].getClass().getSimpleName()
                                    + " is given twice for one entity");
                }
            }
        }
    }
}
