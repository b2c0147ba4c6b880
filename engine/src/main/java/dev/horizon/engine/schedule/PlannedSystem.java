package dev.horizon.engine.schedule;

import dev.horizon.engine.budget.Account;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.SpawnRights;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.HorizonWorldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/** A system in its place in the plan: what it may touch, resolved against the world's tables. */
final class PlannedSystem {
    private static final long NANOS_MAX = 10_000_000_000L;
    private static final int DIGITS = 2;

    final int order;
    final String plugin;
    final String name;
    final SystemSpec spec;
    final SpawnRights rights;

    /** Its ranges run one after another, since they look up what they write. */
    final boolean inSequence;

    /** It asks for ghosts: by entity, or by row too. */
    final boolean seesGhosts;

    /** The components it declares, each once, and how: one bit per mode. */
    final ComponentType<?>[] types;

    final int[] modes;

    /** The effects it appends to, and those it empties. */
    final ComponentType<?>[] emitted;

    final ComponentType<?>[] consumed;
    final DerivedKey<?>[] derivedKeys;
    final Object[] derived;

    /** By table ordinal: the columns of the declared components, null where a table lacks one. */
    @Nullable Column<?>[][] columns = new Column<?>[0][];

    Table[] tables = new Table[0];

    final AtomicHistogram nanos = new AtomicHistogram(NANOS_MAX, DIGITS);
    volatile long runs;
    volatile boolean quarantined;

    /** What it takes counts there. */
    Account account;

    /** The lowest throwing range of this tick and what it threw. */
    private int faultRange;

    private @Nullable Throwable fault;

    PlannedSystem(int order, RegisteredSystem system, Map<DerivedKey<?>, Object> objects) {
        this.order = order;
        this.plugin = system.plugin();
        this.name = system.qualifiedName();
        this.account = Account.unlimited(name);
        this.spec = system.spec();
        this.inSequence = Conflicts.looksUpWhatItWrites(spec);
        List<ComponentType<?>> distinct = new ArrayList<>();
        List<ComponentType<?>> spawned = new ArrayList<>();
        int[] bits = new int[spec.access().uses().size()];
        for (Access.Use use : spec.access().uses()) {
            if (!distinct.contains(use.type())) {
                distinct.add(use.type());
            }
            bits[distinct.indexOf(use.type())] |= bit(use.mode());
            if (use.mode() == Access.Mode.SPAWN) {
                spawned.add(use.type());
            }
            if (use.mode() == Access.Mode.CONSUME && spec.exclusive() == null) {
                throw new HorizonException(
                        "HZ-SYS-004",
                        "system "
                                + name
                                + " consumes effects of "
                                + use.type()
                                + " by range; only an exclusive system may: use"
                                + " SystemSpec.exclusive(...)");
            }
        }
        this.types = distinct.toArray(ComponentType<?>[]::new);
        this.modes = bits;
        this.seesGhosts = ghostModes() != 0;
        requireGhostsUntouched();
        this.emitted = declared(Access.Mode.EMIT);
        this.consumed = declared(Access.Mode.CONSUME);
        this.rights = new SpawnRights(name, spawned.toArray(ComponentType<?>[]::new));
        List<DerivedKey<?>> keys = new ArrayList<>(spec.access().using());
        keys.addAll(spec.access().building());
        this.derivedKeys = keys.toArray(DerivedKey<?>[]::new);
        this.derived = new Object[derivedKeys.length];
        for (int i = 0; i < derivedKeys.length; i++) {
            Object object = objects.get(derivedKeys[i]);
            if (object == null) {
                throw new HorizonException(
                        "HZ-SYS-005",
                        "system "
                                + name
                                + " uses the derived object "
                                + derivedKeys[i].name()
                                + ", which nobody registered: call Registrar.derived");
            }
            derived[i] = object;
        }
    }

    private ComponentType<?>[] declared(Access.Mode mode) {
        List<ComponentType<?>> found = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            if ((modes[i] & bit(mode)) != 0) {
                found.add(types[i]);
            }
        }
        return found.toArray(ComponentType<?>[]::new);
    }

    private int ghostModes() {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == GhostColumn.TYPE) {
                return modes[i] & ~Modes.WITHOUT;
            }
        }
        return 0;
    }

    /** Ghosts are another node's: whoever visits their rows may write nothing. */
    private void requireGhostsUntouched() {
        int how = ghostModes();
        boolean isWriting = (how & Modes.ANY_WRITE) != 0;
        for (int i = 0; i < types.length && (how & Modes.GHOST_ROWS) != 0; i++) {
            isWriting |= (modes[i] & Modes.COLUMN_WRITES) != 0;
        }
        if (isWriting) {
            throw new HorizonException(
                    "HZ-SYS-006",
                    "system "
                            + name
                            + " visits ghosts and writes components, but a ghost is another node's:"
                            + " write in a system that doesn't read "
                            + GhostColumn.TYPE
                            + ", or look ghosts up by entity");
        }
    }

    static int bit(Access.Mode mode) {
        return 1 << mode.ordinal();
    }

    /** Asks again which tables match, when one has appeared. */
    void resolveTables(WorldState world) {
        List<ComponentType<?>> required = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            if ((modes[i] & Modes.REQUIRED) != 0) {
                required.add(types[i]);
            }
        }
        List<Table> matching = new ArrayList<>(world.tablesWith(required));
        for (int i = 0; i < types.length; i++) {
            if ((modes[i] & Modes.WITHOUT) != 0) {
                ComponentType<?> unwanted = types[i];
                matching.removeIf(table -> table.composition().contains(unwanted));
            }
        }
        if ((ghostModes() & Modes.GHOST_ROWS) == 0) {
            matching.removeIf(Table::holdsGhosts);
        }
        tables = matching.toArray(Table[]::new);
        columns = new Column<?>[world.tableCount()][types.length];
    }

    /** Looks the columns up again, when a table has grown. */
    void resolveColumns(WorldState world) {
        for (int t = 0; t < world.tableCount(); t++) {
            for (int i = 0; i < types.length; i++) {
                // What it may write it doesn't get of ghosts, wherever it looks them up.
                boolean isWritten = (modes[i] & Modes.COLUMN_WRITES) != 0;
                Table table = world.table(t);
                columns[t][i] = isWritten && table.holdsGhosts() ? null : table.column(types[i]);
            }
        }
    }

    boolean isDue(long tick) {
        return !quarantined && tick % spec.everyTicks() == 0;
    }

    /**
     * The place of a component among those declared with one of the modes.
     *
     * @throws HorizonWorldException when it isn't declared so
     */
    int require(ComponentType<?> type, int allowed, String how) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                if ((modes[i] & allowed) != 0) {
                    return i;
                }
                break;
            }
        }
        throw undeclared(type, how);
    }

    HorizonWorldException undeclared(ComponentType<?> type, String how) {
        return new HorizonWorldException(
                "system "
                        + name
                        + " asks for "
                        + type
                        + " without declaring it: add ."
                        + how
                        + "("
                        + type.columnClass().getSimpleName()
                        + ".TYPE) to its access");
    }

    <T> T derived(DerivedKey<T> key) {
        for (int i = 0; i < derivedKeys.length; i++) {
            if (derivedKeys[i] == key || derivedKeys[i].equals(key)) {
                return key.type().cast(derived[i]);
            }
        }
        throw new HorizonWorldException(
                "system "
                        + name
                        + " asks for the derived object "
                        + key.name()
                        + " without declaring it: add .using(...) or .building(...) to its access");
    }

    /** Keeps the fault of the lowest range; called by any thread. */
    synchronized void failed(int range, Throwable thrown) {
        if (fault == null || range < faultRange) {
            faultRange = range;
            fault = thrown;
        }
    }

    /** The fault of this tick, once; called by the tick thread when all ranges are done. */
    @Nullable Throwable takeFault() {
        Throwable taken = fault;
        fault = null;
        return taken;
    }

    void record(long tickNanos) {
        nanos.recordValue(Math.min(Math.max(tickNanos, 0), NANOS_MAX));
        runs = runs + 1;
    }
}
