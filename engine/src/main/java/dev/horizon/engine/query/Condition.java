package dev.horizon.engine.query;

import dev.horizon.engine.world.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of an entity. Entities are given as components by name, each as fields by name;
 * a field is a number, a boolean, a text, or a list of these.
 */
public sealed interface Condition {
    /** True when the entity fulfils it. */
    boolean holds(Map<String, ? extends Map<String, ?>> components);

    /**
     * The same for a table's rows, by their number, without making records of them: for scans. One
     * thread; it allocates little.
     *
     * @param columns of the table as they are now
     */
    default IntPredicate over(Column<?>[] columns) {
        return RowCondition.of(this, columns);
    }

    /** Names of the components that it reads. */
    default Set<String> components() {
        Set<String> names = new TreeSet<>();
        collect(names);
        return names;
    }

    /** Names of the components without which it can't hold: a coarse filter for a scan. */
    default Set<String> required() {
        return switch (this) {
            case All all -> {
                Set<String> names = new TreeSet<>();
                all.parts().forEach(part -> names.addAll(part.required()));
                yield names;
            }
            case Any any -> {
                Set<String> names = new TreeSet<>(any.parts().getFirst().required());
                any.parts().forEach(part -> names.retainAll(part.required()));
                yield names;
            }
            case Not not -> Set.of();
            case Has has -> Set.of(has.component());
            case Comparison comparison -> Set.of(comparison.component());
        };
    }

    /** Adds the components that it reads. */
    void collect(Set<String> names);

    /**
     * All of these hold.
     *
     * @param parts in order
     */
    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Map<String, ? extends Map<String, ?>> components) {
            return parts.stream().allMatch(part -> part.holds(components));
        }

        @Override
        public void collect(Set<String> names) {
            parts.forEach(part -> part.collect(names));
        }
    }

    /**
     * One of these holds.
     *
     * @param parts in order
     */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Map<String, ? extends Map<String, ?>> components) {
            return parts.stream().anyMatch(part -> part.holds(components));
        }

        @Override
        public void collect(Set<String> names) {
            parts.forEach(part -> part.collect(names));
        }
    }

    /**
     * This doesn't hold.
     *
     * @param part negated
     */
    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(Map<String, ? extends Map<String, ?>> components) {
            return !part.holds(components);
        }

        @Override
        public void collect(Set<String> names) {
            part.collect(names);
        }
    }

    /**
     * The entity has a component.
     *
     * @param component its name
     */
    record Has(String component) implements Condition {
        @Override
        public boolean holds(Map<String, ? extends Map<String, ?>> components) {
            return components.containsKey(component);
        }

        @Override
        public void collect(Set<String> names) {
            names.add(component);
        }
    }

    /**
     * A field compares to a literal. An entity without the component or field never fulfils it.
     *
     * @param component its name
     * @param field its name
     * @param operator how they compare
     * @param literal a {@link Double}, {@link Boolean} or {@link String}
     */
    record Comparison(String component, String field, Operator operator, Object literal)
            implements Condition {
        @Override
        public boolean holds(Map<String, ? extends Map<String, ?>> components) {
            Map<String, ?> fields = components.get(component);
            return fields != null && fulfils(fields.get(field));
        }

        @Override
        public void collect(Set<String> names) {
            names.add(component);
        }

        boolean fulfils(@Nullable Object value) {
            if (value instanceof List<?> elements) {
                return elements.stream().anyMatch(this::fulfils);
            }
            if (value instanceof Number number && literal instanceof Double other) {
                return operator.holds(Double.compare(number.doubleValue(), other));
            }
            if (value instanceof Boolean flag && literal instanceof Boolean other) {
                return operator.holds(Boolean.compare(flag, other));
            }
            if (value == null) {
                return false;
            }
            String text = value.toString().toLowerCase(Locale.ROOT);
            String other = literal.toString().toLowerCase(Locale.ROOT);
            return operator == Operator.CONTAINS
                    ? text.contains(other)
                    : operator.holds(text.compareTo(other));
        }
    }

    /** How a field compares to a literal. */
    enum Operator {
        /** {@code <}. */
        LESS("<"),
        /** {@code <=}. */
        AT_MOST("<="),
        /** {@code >}. */
        GREATER(">"),
        /** {@code >=}. */
        AT_LEAST(">="),
        /** {@code ==} or {@code =}; texts and constants without regard to case. */
        EQUAL("=="),
        /** {@code !=}. */
        DIFFERENT("!="),
        /** {@code ~}: the text contains the literal. */
        CONTAINS("~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** The operator with a sign, or null. */
        static @Nullable Operator of(String sign) {
            if (sign.equals("=")) {
                return EQUAL;
            }
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            return null;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case GREATER -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
                case EQUAL -> comparison == 0;
                case DIFFERENT -> comparison != 0;
                case CONTAINS -> false;
            };
        }
    }
}
