package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Orders plugins so that each stands behind what it needs; ties by name. */
final class DependencyOrder {
    private final List<PluginCandidate> waiting;
    private final BiConsumer<String, HorizonException> leaveOut;

    DependencyOrder(
            List<PluginCandidate> candidates, BiConsumer<String, HorizonException> leaveOut) {
        this.waiting = new ArrayList<>(candidates);
        this.waiting.sort(Comparator.comparing(candidate -> candidate.descriptor().name()));
        this.leaveOut = leaveOut;
    }

    List<PluginCandidate> ordered(Version api) {
        leaveOutIncompatible(api);
        List<PluginCandidate> ordered = new ArrayList<>();
        boolean moved = true;
        while (moved && !waiting.isEmpty()) {
            moved = leaveOutUnsatisfiable(ordered);
            for (PluginCandidate candidate : waiting) {
                if (isReady(candidate, ordered)) {
                    ordered.add(candidate);
                    waiting.remove(candidate);
                    moved = true;
                    break;
                }
            }
        }
        for (PluginCandidate candidate : waiting) {
            leaveOut.accept(
                    candidate.origin(),
                    new HorizonException(
                            "HZ-PLG-007",
                            "plugins "
                                    + String.join(
                                            ", ",
                                            waiting.stream().map(DependencyOrder::name).toList())
                                    + " depend on each other in a circle; take one dependency out"));
        }
        return ordered;
    }

    /** Leaves out what needs a plugin that is gone, and what needs those. */
    static void removeDependents(
            String gone,
            List<PluginCandidate> ordered,
            BiConsumer<String, HorizonException> leaveOut) {
        for (PluginCandidate candidate : List.copyOf(ordered)) {
            for (Dependency dependency : candidate.descriptor().dependencies()) {
                if (dependency.name().equals(gone) && ordered.remove(candidate)) {
                    leaveOut.accept(candidate.origin(), missing(candidate, dependency));
                    removeDependents(name(candidate), ordered, leaveOut);
                }
            }
        }
    }

    private void leaveOutIncompatible(Version api) {
        for (PluginCandidate candidate : List.copyOf(waiting)) {
            Version wanted = candidate.descriptor().apiVersion();
            if (!api.serves(wanted)) {
                waiting.remove(candidate);
                leaveOut.accept(
                        candidate.origin(),
                        new HorizonException(
                                "HZ-PLG-004",
                                "plugin "
                                        + name(candidate)
                                        + " is made for plugin API "
                                        + wanted
                                        + ", this engine has "
                                        + api
                                        + "; build it against this engine"));
            }
        }
    }

    private boolean leaveOutUnsatisfiable(List<PluginCandidate> ordered) {
        boolean removed = false;
        for (PluginCandidate candidate : List.copyOf(waiting)) {
            for (Dependency dependency : candidate.descriptor().dependencies()) {
                PluginCandidate found = find(dependency.name(), ordered);
                if (found == null) {
                    found = find(dependency.name(), waiting);
                }
                HorizonException reason = null;
                if (found == null) {
                    reason = missing(candidate, dependency);
                } else if (!dependency.admits(found.descriptor().version())) {
                    reason =
                            new HorizonException(
                                    "HZ-PLG-006",
                                    "plugin "
                                            + name(candidate)
                                            + " needs "
                                            + dependency
                                            + ", found is "
                                            + found.descriptor().version()
                                            + "; install a version that fits");
                }
                if (reason != null && waiting.remove(candidate)) {
                    leaveOut.accept(candidate.origin(), reason);
                    removed = true;
                }
            }
        }
        return removed;
    }

    private static boolean isReady(PluginCandidate candidate, List<PluginCandidate> ordered) {
        return candidate.descriptor().dependencies().stream()
                .allMatch(dependency -> find(dependency.name(), ordered) != null);
    }

    private static @Nullable PluginCandidate find(String name, List<PluginCandidate> among) {
        for (PluginCandidate candidate : among) {
            if (name(candidate).equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    private static HorizonException missing(PluginCandidate candidate, Dependency dependency) {
        return new HorizonException(
                "HZ-PLG-005",
                "plugin "
                        + name(candidate)
                        + " needs the plugin "
                        + dependency
                        + ", which isn't there or was left out; install it");
    }

    private static String name(PluginCandidate candidate) {
        return candidate.descriptor().name();
    }
}
