package dev.horizon.net.replay;

import dev.horizon.engine.query.Condition;
import dev.horizon.engine.query.Fields;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Looks at the entities of a world between two ticks. */
public final class Entities {
    private Entities() {}

    /**
     * An entity as plain values.
     *
     * @param id whose
     * @param components by name, each as fields by name
     */
    public record Shown(EntityId id, Map<String, Map<String, Object>> components) {}

    /**
     * One field that differs between two worlds.
     *
     * @param entity whose
     * @param component its name
     * @param field its name; empty where one world has the component alone
     * @param before in the one, absent as {@code -}
     * @param after in the other
     */
    public record Change(
            EntityId entity, String component, String field, String before, String after) {}

    /** Looks at a row; false when it has seen enough. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(Table table, int row);
    }

    /**
     * Shows a visitor the rows that fulfil a condition, in order of the tables; ghosts where it
     * asks for them by name.
     */
    static void scan(WorldState world, Condition condition, Visitor visitor) {
        Set<String> required = condition.required();
        boolean isOfGhosts = condition.components().contains(GhostColumn.TYPE.name());
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            if (!names(table).containsAll(required) || table.holdsGhosts() && !isOfGhosts) {
                continue;
            }
            IntPredicate test = condition.over(table.columns());
            for (int row = 0; row < table.size(); row++) {
                if (test.test(row) && !visitor.visit(table, row)) {
                    return;
                }
            }
        }
    }

    /** Those that fulfil a condition, at most so many, in order of the tables. */
    public static List<Shown> matching(WorldState world, Condition condition, int limit) {
        Set<String> asked = condition.components();
        List<Shown> found = new ArrayList<>();
        scan(
                world,
                condition,
                (table, row) -> {
                    if (found.size() >= limit) {
                        return false;
                    }
                    found.add(shown(table, row, asked));
                    return true;
                });
        return found;
    }

    /** A row with some of its components. */
    static Shown shown(Table table, int row, Set<String> names) {
        return new Shown(new EntityId(table.entityAt(row)), components(table, row, names));
    }

    /** All of those that pass, with all components, by id. */
    public static Map<Long, Shown> all(WorldState world, LongPredicate which) {
        Map<Long, Shown> found = new TreeMap<>(Long::compareUnsigned);
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            Set<String> names = names(table);
            for (int row = 0; row < table.size(); row++) {
                long id = table.entityAt(row);
                if (which.test(id)) {
                    found.put(id, shown(table, row, names));
                }
            }
        }
        return found;
    }

    /** One with all its components, or null where it isn't. */
    public static @Nullable Shown one(WorldState world, EntityId id) {
        long location = world.lookup().locate(id.value());
        if (location == Lookup.NOWHERE) {
            return null;
        }
        Table table = world.table(Lookup.table(location));
        return shown(table, Lookup.row(location), names(table));
    }

    /** All that have one of these components, with those alone, by id. */
    public static Map<Long, Shown> having(WorldState world, List<String> wanted) {
        Set<String> names = Set.copyOf(wanted);
        Map<Long, Shown> found = new TreeMap<>(Long::compareUnsigned);
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            if (names(table).stream().noneMatch(names::contains)) {
                continue;
            }
            for (int row = 0; row < table.size(); row++) {
                found.put(table.entityAt(row), shown(table, row, names));
            }
        }
        return found;
    }

    /** What differs, entity by entity and field by field, at most so much. */
    public static List<Change> difference(
            Map<Long, Shown> before, Map<Long, Shown> after, int limit) {
        Set<Long> ids = new TreeSet<>(Long::compareUnsigned);
        ids.addAll(before.keySet());
        ids.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (Long id : ids) {
            Shown one = before.getOrDefault(id, new Shown(new EntityId(id), Map.of()));
            Shown other = after.getOrDefault(id, new Shown(new EntityId(id), Map.of()));
            compare(one, other, changes);
            if (changes.size() >= limit) {
                return changes.subList(0, limit);
            }
        }
        return changes;
    }

    private static void compare(Shown one, Shown other, List<Change> into) {
        Set<String> names = new TreeSet<>(one.components().keySet());
        names.addAll(other.components().keySet());
        for (String name : names) {
            Map<String, Object> left = one.components().get(name);
            Map<String, Object> right = other.components().get(name);
            if (left == null || right == null) {
                into.add(
                        new Change(
                                one.id(),
                                name,
                                "",
                                left == null ? "-" : left.toString(),
                                right == null ? "-" : right.toString()));
                continue;
            }
            left.forEach((field, value) -> {
                Object now = right.get(field);
                if (!value.equals(now)) {
                    into.add(
                            new Change(
                                    one.id(), name, field, value.toString(), String.valueOf(now)));
                }
            });
        }
    }

    private static Set<String> names(Table table) {
        Set<String> names = new LinkedHashSet<>();
        for (Column<?> column : table.columns()) {
            names.add(column.type().name());
        }
        return names;
    }

    private static Map<String, Map<String, Object>> components(
            Table table, int row, Set<String> names) {
        Map<String, Map<String, Object>> components = new LinkedHashMap<>();
        for (Column<?> column : table.columns()) {
            if (names.contains(column.type().name())) {
                components.put(column.type().name(), Fields.of(column.row(row)));
            }
        }
        return components;
    }
}
