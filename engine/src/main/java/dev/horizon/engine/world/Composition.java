package dev.horizon.engine.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of components, ordered by name: all entities with the same composition share one table.
 *
 * @param types the components, sorted by name, each once
 */
public record Composition(List<ComponentType<?>> types) {
    /** Sorts, and refuses duplicates. */
    public Composition {
        List<ComponentType<?>> sorted = new ArrayList<>(types);
        sorted.sort(Comparator.comparing(ComponentType::name));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
                throw new IllegalArgumentException(
                        "component " + sorted.get(i) + " is named twice in one composition");
            }
        }
        types = List.copyOf(sorted);
    }

    /** The composition of the given components, in any order. */
    public static Composition of(ComponentType<?>... types) {
        return new Composition(List.of(types));
    }

    /** Compares without an iterator: systems spawn by composition, in the tick. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Composition that) || that.types.size() != types.size()) {
            return false;
        }
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) != that.types.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return types.hashCode();
    }

    /** True when the component belongs to it. */
    public boolean contains(ComponentType<?> type) {
        return types.contains(type);
    }

    /** This composition and one more component. */
    public Composition with(ComponentType<?> type) {
        if (contains(type)) {
            return this;
        }
        List<ComponentType<?>> more = new ArrayList<>(types);
        more.add(type);
        return new Composition(more);
    }

    /** This composition without one component. */
    public Composition without(ComponentType<?> type) {
        List<ComponentType<?>> fewer = new ArrayList<>(types);
        fewer.remove(type);
        return new Composition(fewer);
    }
}
