package dev.horizon.engine.schedule;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.systems.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of a tick's systems: by stage; within a stage by registration, moved back only where
 * {@code after} says so; the engine's own last. Neighbours that don't touch what the other writes
 * form a group that may run at once.
 *
 * @param groups groups in order, systems in order within each
 */
record Plan(List<List<RegisteredSystem>> groups) {
    /** The plugin name of systems that the engine registers itself; they close their stage. */
    static final String ENGINE = "engine";

    /**
     * Orders the systems.
     *
     * @throws HorizonException HZ-SYS-001 when two plugins write the same and nothing orders them,
     *     HZ-SYS-002 when two systems share a name, HZ-SYS-003 when {@code after} can't be met
     */
    static Plan of(List<RegisteredSystem> systems) {
        Map<String, RegisteredSystem> byName = new LinkedHashMap<>();
        for (RegisteredSystem system : systems) {
            if (byName.put(system.qualifiedName(), system) != null) {
                throw new HorizonException(
                        "HZ-SYS-002",
                        "two systems are named "
                                + system.qualifiedName()
                                + "; give one another name");
            }
        }
        List<List<RegisteredSystem>> groups = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            List<RegisteredSystem> ordered = order(stage, systems, byName);
            refuseUnordered(stage, ordered, byName);
            List<RegisteredSystem> group = new ArrayList<>();
            for (RegisteredSystem system : ordered) {
                if (group.stream().anyMatch(other -> mustWait(system, other, byName))) {
                    groups.add(List.copyOf(group));
                    group.clear();
                }
                group.add(system);
            }
            if (!group.isEmpty()) {
                groups.add(List.copyOf(group));
            }
        }
        return new Plan(List.copyOf(groups));
    }

    private static boolean mustWait(
            RegisteredSystem later,
            RegisteredSystem earlier,
            Map<String, RegisteredSystem> byName) {
        return Conflicts.orderMatters(later.spec(), earlier.spec())
                || predecessors(later, byName).contains(earlier);
    }

    private static List<RegisteredSystem> order(
            Stage stage, List<RegisteredSystem> systems, Map<String, RegisteredSystem> byName) {
        List<RegisteredSystem> left = new ArrayList<>();
        for (boolean engine : new boolean[] {false, true}) {
            for (RegisteredSystem system : systems) {
                if (system.spec().stage() == stage && system.plugin().equals(ENGINE) == engine) {
                    left.add(system);
                }
            }
        }
        List<RegisteredSystem> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            RegisteredSystem next = null;
            for (RegisteredSystem candidate : left) {
                if (predecessors(candidate, byName).stream().noneMatch(left::contains)) {
                    next = candidate;
                    break;
                }
            }
            if (next == null) {
                throw new HorizonException(
                        "HZ-SYS-003",
                        "systems of stage "
                                + stage
                                + " wait for each other in a circle: "
                                + left.stream().map(RegisteredSystem::qualifiedName).toList()
                                + "; remove one of their after(...)");
            }
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    /** The systems of the same stage that {@code after} names. */
    private static List<RegisteredSystem> predecessors(
            RegisteredSystem system, Map<String, RegisteredSystem> byName) {
        List<RegisteredSystem> found = new ArrayList<>();
        for (String name : system.spec().access().after()) {
            String qualified = name.contains("/") ? name : system.plugin() + "/" + name;
            RegisteredSystem other = byName.get(qualified);
            if (other == null) {
                refuseMisspelt(system, qualified, byName.values().stream().toList());
            } else if (other.spec().stage().compareTo(system.spec().stage()) > 0) {
                throw new HorizonException(
                        "HZ-SYS-003",
                        "system "
                                + system.qualifiedName()
                                + " of stage "
                                + system.spec().stage()
                                + " can't run after "
                                + qualified
                                + ", whose stage "
                                + other.spec().stage()
                                + " comes later");
            } else if (other.spec().stage() == system.spec().stage()) {
                found.add(other);
            }
        }
        return found;
    }

    /** A plugin that isn't loaded may be named; a system that its loaded plugin lacks may not. */
    private static void refuseMisspelt(
            RegisteredSystem system, String qualified, List<RegisteredSystem> all) {
        String plugin = qualified.substring(0, qualified.indexOf('/'));
        List<String> names =
                all.stream()
                        .filter(other -> other.plugin().equals(plugin))
                        .map(RegisteredSystem::qualifiedName)
                        .sorted()
                        .toList();
        if (!names.isEmpty()) {
            throw new HorizonException(
                    "HZ-SYS-003",
                    "system "
                            + system.qualifiedName()
                            + " is to run after "
                            + qualified
                            + ", which doesn't exist; plugin "
                            + plugin
                            + " has "
                            + names);
        }
    }

    private static void refuseUnordered(
            Stage stage, List<RegisteredSystem> ordered, Map<String, RegisteredSystem> byName) {
        int n = ordered.size();
        boolean[][] before = new boolean[n][n];
        for (int b = 0; b < n; b++) {
            List<RegisteredSystem> named = predecessors(ordered.get(b), byName);
            for (int a = 0; a < b; a++) {
                before[a][b] =
                        ordered.get(a).plugin().equals(ordered.get(b).plugin())
                                || ordered.get(b).plugin().equals(ENGINE)
                                || named.contains(ordered.get(a));
                for (int c = 0; c < a; c++) {
                    before[c][b] |= before[c][a] && before[a][b];
                }
            }
        }
        for (int b = 0; b < n; b++) {
            for (int a = 0; a < b; a++) {
                Set<String> both =
                        Conflicts.bothWrite(ordered.get(a).spec(), ordered.get(b).spec());
                if (!before[a][b] && !both.isEmpty()) {
                    throw unordered(stage, ordered.get(a), ordered.get(b), both);
                }
            }
        }
    }

    private static HorizonException unordered(
            Stage stage, RegisteredSystem a, RegisteredSystem b, Set<String> both) {
        return new HorizonException(
                "HZ-SYS-001",
                "systems "
                        + a.qualifiedName()
                        + " and "
                        + b.qualifiedName()
                        + " of stage "
                        + stage
                        + " both write "
                        + String.join(", ", both)
                        + " and nothing orders them: add .after(\""
                        + a.qualifiedName()
                        + "\") to the access of "
                        + b.qualifiedName()
                        + ", or .after(\""
                        + b.qualifiedName()
                        + "\") to that of "
                        + a.qualifiedName()
                        + ", or give one another stage");
    }
}
