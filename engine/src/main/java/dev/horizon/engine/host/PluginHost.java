package dev.horizon.engine.host;

import dev.horizon.engine.config.Spelling;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads plugins: finds jars, checks them, orders them by dependency and lets each register.
 *
 * <p>A jar that is broken, incompatible, nondeterministic or lacks a dependency is left out and
 * reported in {@link LoadedPlugins#rejected}; a strict host refuses to start instead. What concerns
 * two plugins at once - the same name, different shapes of one event, the same derived object - and
 * wrong configuration refuse the start in either case, because leaving one out would be a guess.
 */
public final class PluginHost {
    /** Plugins of one node: each is one class loader and one line in every table of an operator. */
    public static final int PLUGINS_MAX = 256;

    /** Faults that no leaving out of one plugin would mend. */
    private static final List<String> ALWAYS_FATAL =
            List.of("HZ-EVT-010", "HZ-EVT-011", "HZ-EVT-014", "HZ-PLG-014");

    private final boolean isStrict;
    private final Map<String, Map<String, Object>> configTrees;
    private final List<PluginCandidate> candidates = new ArrayList<>();
    private final List<RejectedPlugin> rejected = new ArrayList<>();
    private @Nullable PluginGeneration current;
    private @Nullable PluginGeneration proposed;

    /**
     * An empty host.
     *
     * @param isStrict true to refuse the start for any plugin that must be left out
     * @param configTrees {@code [plugins.NAME]} by name
     */
    public PluginHost(boolean isStrict, Map<String, Map<String, Object>> configTrees) {
        this.isStrict = isStrict;
        this.configTrees = configTrees;
    }

    /**
     * Finds jars.
     *
     * @param jarsOrFolders jars, and folders of which every jar is taken in order of name
     * @throws HorizonException HZ-PLG-011 for too many; what else is wrong with a jar when strict
     */
    public void scan(List<Path> jarsOrFolders) {
        for (Path path : jarsOrFolders) {
            for (Path jar : jars(path)) {
                PluginCandidate candidate = read(jar);
                if (candidate != null) {
                    add(candidate);
                }
            }
        }
    }

    private @Nullable PluginCandidate read(Path file) {
        try {
            return candidate(file);
        } catch (HorizonException e) {
            leaveOut(file.toString(), e);
            return null;
        }
    }

    private static PluginCandidate candidate(Path file) {
        PluginJar jar = PluginJar.read(file);
        DeterminismCheck.check(file.toString(), jar.entries());
        return new PluginCandidate(jar.descriptor(), file.toString(), jar.sha256(), jar, null);
    }

    /** Adds a plugin object of the caller's own class loader, as tests and embedders do. */
    public void add(Plugin plugin, PluginDescriptor descriptor) {
        add(new PluginCandidate(descriptor, plugin.getClass().getName(), "", null, plugin));
    }

    /**
     * Sets all plugins up, in order of dependency and then of name.
     *
     * @throws HorizonException HZ-PLG-003 for two plugins of one name, HZ-EVT-… for events that two
     *     declare differently, HZ-CFG-… for configuration; anything when strict
     */
    public LoadedPlugins load() {
        List<PluginCandidate> ordered =
                new DependencyOrder(candidates, this::leaveOut)
                        .ordered(PluginDescriptor.API_VERSION);
        refuseUnknownConfig(ordered);
        PluginGeneration generation = null;
        while (generation == null) {
            // A failed setup may have registered half of its plugin, so the rest starts afresh.
            generation = trySetUp(ordered);
        }
        current = generation;
        return generation.plugins();
    }

    /**
     * Sets up the running plugins with others in the place of those of the same names, and with
     * what wasn't there. Plugins that depend on a replaced one are set up from their jars again;
     * the rest keeps its classes. Nothing runs otherwise until {@link #accept}.
     *
     * @throws HorizonException HZ-PLG-… or another code for whatever is wrong with any of them
     */
    public LoadedPlugins propose(List<Path> jars) {
        PluginGeneration before = current;
        if (before == null) {
            throw new IllegalStateException("no plugins run yet; call load");
        }
        Map<String, PluginCandidate> next = new LinkedHashMap<>();
        before.candidates().forEach(known -> next.put(known.descriptor().name(), known));
        Map<String, PluginCandidate> given = new LinkedHashMap<>();
        for (Path file : jars) {
            PluginCandidate candidate = candidate(file);
            PluginCandidate other = given.put(candidate.descriptor().name(), candidate);
            if (other != null) {
                throw twoOfOneName(other, candidate);
            }
        }
        next.putAll(given);
        List<PluginCandidate> ordered =
                new DependencyOrder(new ArrayList<>(next.values()), PluginHost::refuse)
                        .ordered(PluginDescriptor.API_VERSION);
        try {
            PluginGeneration generation =
                    new PluginGeneration(ordered, before, configTrees, before.plugins().rejected());
            proposed = generation;
            return generation.plugins();
        } catch (PluginGeneration.FailedSetup failed) {
            throw failed.reason;
        }
    }

    /**
     * Sets up other jars beside what runs, with the objects that were added here; nothing of that
     * is proposed. For ticks of the past, that ran with them.
     *
     * @throws HorizonException HZ-PLG-… or another code for whatever is wrong with any of them
     */
    public LoadedPlugins beside(List<Path> jars) {
        List<PluginCandidate> all = new ArrayList<>(candidates);
        all.removeIf(candidate -> candidate.jar() != null);
        jars.forEach(file -> all.add(candidate(file)));
        List<PluginCandidate> ordered =
                new DependencyOrder(all, PluginHost::refuse).ordered(PluginDescriptor.API_VERSION);
        try {
            return new PluginGeneration(ordered, null, configTrees, List.of()).plugins();
        } catch (PluginGeneration.FailedSetup failed) {
            throw failed.reason;
        }
    }

    /**
     * Sets up these jars, with the objects that were added here, in the place of all that runs, and
     * lets them run; the same jar keeps its classes. For who follows a node that has decided it.
     *
     * @throws HorizonException HZ-PLG-… or another code for whatever is wrong with any of them
     */
    public LoadedPlugins follow(List<Path> jars) {
        PluginGeneration before = current;
        Map<String, PluginCandidate> running = new LinkedHashMap<>();
        if (before != null) {
            before.candidates().forEach(known -> running.put(known.sha256(), known));
        }
        List<PluginCandidate> all = new ArrayList<>(candidates);
        all.removeIf(candidate -> candidate.jar() != null);
        for (Path file : jars) {
            PluginCandidate same = running.get(hash(file));
            all.add(same == null ? candidate(file) : same);
        }
        List<PluginCandidate> ordered =
                new DependencyOrder(all, PluginHost::refuse).ordered(PluginDescriptor.API_VERSION);
        try {
            PluginGeneration next = new PluginGeneration(ordered, before, configTrees, List.of());
            current = next;
            return next.plugins();
        } catch (PluginGeneration.FailedSetup failed) {
            throw failed.reason;
        }
    }

    private static String hash(Path file) {
        try {
            return sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new HorizonException("HZ-PLG-001", file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Says that what was proposed last runs now: the next proposal starts from it. */
    public void accept() {
        if (proposed != null) {
            current = proposed;
            proposed = null;
        }
    }

    /**
     * Sets up every plugin; or removes the first that fails, with its dependents, and answers null.
     */
    private @Nullable PluginGeneration trySetUp(List<PluginCandidate> ordered) {
        try {
            return new PluginGeneration(ordered, null, configTrees, rejected);
        } catch (PluginGeneration.FailedSetup failed) {
            HorizonException reason = failed.reason;
            if (reason.code().startsWith("HZ-CFG-") || ALWAYS_FATAL.contains(reason.code())) {
                throw reason;
            }
            leaveOut(failed.candidate.origin(), reason);
            ordered.remove(failed.candidate);
            DependencyOrder.removeDependents(
                    failed.candidate.descriptor().name(), ordered, this::leaveOut);
            return null;
        }
    }

    private static void refuse(String origin, HorizonException reason) {
        throw reason;
    }

    private void add(PluginCandidate candidate) {
        String name = candidate.descriptor().name();
        for (PluginCandidate other : candidates) {
            if (other.descriptor().name().equals(name)) {
                throw twoOfOneName(other, candidate);
            }
        }
        if (candidates.size() == PLUGINS_MAX) {
            throw new HorizonException(
                    "HZ-PLG-011", "more than " + PLUGINS_MAX + " plugins are given; take some out");
        }
        candidates.add(candidate);
    }

    private static HorizonException twoOfOneName(PluginCandidate one, PluginCandidate other) {
        return new HorizonException(
                "HZ-PLG-003",
                "two plugins are named "
                        + one.descriptor().name()
                        + ": "
                        + one.origin()
                        + " and "
                        + other.origin()
                        + "; remove one");
    }

    private void leaveOut(String origin, HorizonException reason) {
        if (isStrict) {
            throw reason;
        }
        rejected.add(new RejectedPlugin(origin, reason));
    }

    private void refuseUnknownConfig(List<PluginCandidate> ordered) {
        List<String> known = candidates.stream().map(c -> c.descriptor().name()).toList();
        for (String name : configTrees.keySet()) {
            // Where a jar was left out unread, its table may well be meant for it.
            if (!known.contains(name) && rejected.isEmpty() && !ordered.isEmpty()) {
                String nearest = Spelling.nearest(name, known);
                throw new HorizonException(
                        "HZ-CFG-001",
                        "unknown key 'plugins."
                                + name
                                + "': no such plugin is loaded; "
                                + (nearest == null
                                        ? "loaded: " + String.join(", ", known)
                                        : "did you mean 'plugins." + nearest + "'?"));
            }
        }
    }

    /** The hash by which a jar with these bytes is known, in hex. */
    public static String sha256(byte[] jar) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<Path> jars(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> jars =
                    files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                            .sorted()
                            .limit(PLUGINS_MAX + 1L)
                            .toList();
            return jars;
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-PLG-001", "folder " + path + " can't be read; check that it exists", e);
        }
    }
}
