package dev.horizon.engine.schedule;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Access.Mode;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.ComponentType;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** What keeps two systems from running at once. */
final class Conflicts {
    private static final Set<Mode> WRITES =
            EnumSet.of(Mode.WRITE, Mode.UPDATE, Mode.OPTIONAL_UPDATE);
    private static final Set<Mode> READS = EnumSet.of(Mode.READ, Mode.OPTIONAL_READ, Mode.LOOKUP);
    private static final Set<Mode> REQUIRED = EnumSet.of(Mode.READ, Mode.WRITE, Mode.UPDATE);

    private Conflicts() {}

    /** True when one writes what the other touches, so that their order decides the result. */
    static boolean orderMatters(SystemSpec a, SystemSpec b) {
        return !bothWrite(a, b).isEmpty() || oneWay(a, b) || oneWay(b, a);
    }

    /** What both write: components, effect queues that both consume, derived objects. By name. */
    static Set<String> bothWrite(SystemSpec a, SystemSpec b) {
        Set<String> names = new TreeSet<>();
        for (Access.Use use : a.access().uses()) {
            boolean write = WRITES.contains(use.mode()) && declares(b, use.type(), WRITES);
            if (write && !apart(a, b)) {
                names.add(use.type().name());
            }
            if (use.mode() == Mode.CONSUME && b.access().declares(use.type(), Mode.CONSUME)) {
                names.add("effects of " + use.type().name());
            }
        }
        for (DerivedKey<?> key : a.access().building()) {
            if (b.access().building().contains(key)) {
                names.add(key.name());
            }
        }
        return names;
    }

    /**
     * True when a system reads by entity what it writes by row: its ranges depend on each other.
     */
    static boolean looksUpWhatItWrites(SystemSpec system) {
        for (Access.Use use : system.access().uses()) {
            if (use.mode() == Mode.LOOKUP && declares(system, use.type(), WRITES)) {
                return true;
            }
        }
        return false;
    }

    private static boolean oneWay(SystemSpec writer, SystemSpec reader) {
        for (Access.Use use : writer.access().uses()) {
            ComponentType<?> type = use.type();
            if (WRITES.contains(use.mode())) {
                boolean byEntity = reader.access().declares(type, Mode.LOOKUP);
                if (byEntity || declares(reader, type, READS) && !apart(writer, reader)) {
                    return true;
                }
            }
            if (use.mode() == Mode.CONSUME && reader.access().declares(type, Mode.EMIT)) {
                return true;
            }
        }
        for (DerivedKey<?> key : writer.access().building()) {
            if (reader.access().using().contains(key)) {
                return true;
            }
        }
        return false;
    }

    /** True when no table can match both: one requires what the other leaves out. */
    private static boolean apart(SystemSpec a, SystemSpec b) {
        boolean byRows = a.exclusive() == null && b.exclusive() == null;
        return byRows && (excludes(a, b) || excludes(b, a));
    }

    private static boolean excludes(SystemSpec a, SystemSpec b) {
        for (Access.Use use : a.access().uses()) {
            if (use.mode() == Mode.WITHOUT && declares(b, use.type(), REQUIRED)) {
                return true;
            }
        }
        return false;
    }

    private static boolean declares(SystemSpec system, ComponentType<?> type, Set<Mode> modes) {
        for (Mode mode : modes) {
            if (system.access().declares(type, mode)) {
                return true;
            }
        }
        return false;
    }
}
