package dev.horizon.engine.storage;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results;
import dev.dominion.ecs.engine.EntityRepository;
import dev.dominion.ecs.engine.system.Logging;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.ComponentType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue on Dominion: one Dominion entity per table, whose components are the table's
 * columns and the table itself. Rows never enter Dominion, since its iteration loses live entities
 * behind an empty chunk and its ids are row positions; with one entity per composition neither can
 * happen.
 *
 * <p>Dominion keys component classes by some bits of their identity hash and mixes up classes whose
 * bits are equal; every pair is checked here, and the index made larger until no pair meets. Where
 * some meet even at the largest, about once in two thousand starts with a hundred components,
 * Dominion isn't asked, and the tables themselves are looked through. Its repository is made
 * directly, since its factory registers a logging level for each one and breaks after 1,024 in a
 * process.
 */
final class DominionCatalogue implements TableCatalogue {
    /** Dominion uses one bit fewer than it is asked for: a hash code's sign is always 0. */
    private static final int CLASS_INDEX_BITS_MIN = 20;

    private static final int CLASS_INDEX_BITS_MAX = 24;

    /** What no index tells apart. */
    static final int ALIKE = -1;

    private static final int CHUNK_BITS = 8;

    /** Of its scheduler, which is never used. */
    private static final int SCHEDULER_SECONDS = 3;

    /** The place of Dominion's own default among the levels that it keeps. */
    private static final int LOGGING_LEVEL = 0;

    static {
        System.setProperty("dominion.show-banner", "false");
    }

    private final int classIndexBits;
    private @Nullable Dominion dominion;
    private final List<Table> tables = new ArrayList<>();
    private final List<Entity> entities = new ArrayList<>();

    DominionCatalogue(Collection<? extends ComponentType<?>> components) {
        this(classIndexBits(classes(components)));
    }

    /** Whose components are told apart by so many bits, or are {@link #ALIKE}. */
    DominionCatalogue(int classIndexBits) {
        this.classIndexBits = classIndexBits;
    }

    private static List<Class<?>> classes(Collection<? extends ComponentType<?>> components) {
        List<Class<?>> classes = new ArrayList<>();
        classes.add(Table.class);
        components.forEach(type -> classes.add(type.columnClass()));
        return classes;
    }

    /**
     * The fewest bits, from the default up, at which no two of the classes meet, or {@link #ALIKE}.
     */
    static int classIndexBits(List<Class<?>> classes) {
        for (int bits = CLASS_INDEX_BITS_MIN; bits <= CLASS_INDEX_BITS_MAX; bits++) {
            if (!collide(classes, bits)) {
                return bits;
            }
        }
        return ALIKE;
    }

    private static boolean collide(List<Class<?>> classes, int bits) {
        for (int i = 0; i < classes.size(); i++) {
            for (int j = i + 1; j < classes.size(); j++) {
                if (index(classes.get(i), bits) == index(classes.get(j), bits)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int index(Class<?> type, int bits) {
        return System.identityHashCode(type) >> (Integer.SIZE - bits);
    }

    @Override
    public void add(Table table) {
        tables.add(table);
        if (dominion != null) {
            entities.add(dominion.createEntity(components(table)));
        }
    }

    @Override
    public void replaced(Table table) {
        if (dominion == null) {
            return;
        }
        // The new entity comes first, so that its chunk is never empty, where iteration would stop.
        Entity before = entities.get(table.ordinal());
        entities.set(table.ordinal(), dominion.createEntity(components(table)));
        dominion.deleteEntity(before);
    }

    /** Made at the first question, since its index takes megabytes and many worlds never ask. */
    private Dominion opened() {
        Dominion open = dominion;
        if (open == null) {
            open =
                    new EntityRepository(
                            "horizon-tables",
                            classIndexBits,
                            CHUNK_BITS,
                            SCHEDULER_SECONDS,
                            new Logging.Context("horizon-tables", LOGGING_LEVEL));
            dominion = open;
            for (Table table : tables) {
                entities.add(open.createEntity(components(table)));
            }
        }
        return open;
    }

    private static Object[] components(Table table) {
        Object[] components = new Object[table.columns().length + 1];
        components[0] = table;
        System.arraycopy(table.columns(), 0, components, 1, table.columns().length);
        return components;
    }

    @Override
    public List<Table> with(Collection<? extends ComponentType<?>> types) {
        if (classIndexBits == ALIKE) {
            return lookThrough(types);
        }
        Class<?>[] classes =
                types.stream().map(ComponentType::columnClass).toArray(Class<?>[]::new);
        List<Table> found = new ArrayList<>();
        Results<Results.With1<Table>> results = opened().findEntitiesWith(Table.class);
        if (classes.length > 0) {
            results = results.withAlso(classes);
        }
        for (Results.With1<Table> result : results) {
            found.add(result.comp());
        }
        found.sort(Comparator.comparingInt(Table::ordinal));
        guard(types, found);
        return List.copyOf(found);
    }

    /** Compares the answer with the tables themselves: asked rarely, wrong never. */
    private void guard(Collection<? extends ComponentType<?>> types, List<Table> found) {
        List<Table> expected = lookThrough(types);
        if (!expected.equals(found)) {
            throw new HorizonException(
                    "HZ-WLD-004",
                    "the table catalogue found "
                            + found.size()
                            + " tables with "
                            + types
                            + " where "
                            + expected.size()
                            + " exist; please report this with the list of components");
        }
    }

    private List<Table> lookThrough(Collection<? extends ComponentType<?>> types) {
        return tables.stream()
                .filter(table -> table.composition().types().containsAll(types))
                .toList();
    }

    @Override
    public void close() {
        if (dominion != null) {
            dominion.close();
            dominion = null;
        }
        tables.clear();
        entities.clear();
    }
}
