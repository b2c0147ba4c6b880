package dev.horizon.tools.node;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.host.Dependency;
import dev.horizon.engine.host.LoadedPlugin;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.tools.config.HorizonConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Loads, replaces and skips plugins of a running node. All that takes time happens on the caller's
 * thread; the tick exchanges what is ready.
 */
final class PluginDesk implements AutoCloseable {
    /** A tick that doesn't come in this time is an outage. */
    private static final int TICK_SECONDS_MAX = 10;

    /** Among an operator's words: load it whatever a trial would say. */
    static final String FORCE = "--force";

    private final PluginHost host;
    private final TickLoop loop;
    private final JarShelf shelf;
    private final PluginTrial trial;
    private final StandbyPlace place;
    private final Setbacks setbacks = new Setbacks();
    private final Consumer<EventBus> onShapes;
    private TapeSetup setup;
    private volatile LoadedPlugins plugins;

    /**
     * The desk of a node.
     *
     * @param setup of the tape as the node started
     * @param place of a standby, which has all jars before they run
     * @param onShapes hears of events that clients have to learn
     */
    PluginDesk(
            PluginHost host,
            LoadedPlugins plugins,
            TickLoop loop,
            HorizonConfig config,
            TapeSetup setup,
            StandbyPlace place,
            Consumer<EventBus> onShapes) {
        this.host = host;
        this.plugins = plugins;
        this.loop = loop;
        this.shelf = new JarShelf(config.node().dataDir());
        this.trial = new PluginTrial(config.node(), config.budgets());
        this.setup = setup;
        this.place = place;
        this.onShapes = onShapes;
    }

    /** The plugins that run, and those left out. */
    LoadedPlugins plugins() {
        return plugins;
    }

    /** Versions that weren't loaded. */
    Setbacks setbacks() {
        return setbacks;
    }

    /**
     * Does what an operator asks: {@code load JAR...}, {@code reload NAME...}, {@code disable
     * NAME}, {@code enable NAME}; with {@value #FORCE} among the words, without a trial; or notes
     * {@code unbuilt NAME TEXT...}, what doesn't compile where somebody develops it; {@code develop
     * NAME...} says that versions of these will come.
     *
     * @return what has happened
     * @throws HorizonException with the code of what was in the way; nothing has changed then
     */
    synchronized String run(String verb, List<String> words) throws InterruptedException {
        boolean isForced = words.contains(FORCE);
        List<String> arguments = words.stream().filter(word -> !word.equals(FORCE)).toList();
        if (arguments.isEmpty()) {
            throw new HorizonException("HZ-CMD-004", "plugin " + verb + " needs a name");
        }
        return switch (verb) {
            case "load" -> load(arguments.stream().map(Path::of).toList(), isForced);
            case "reload" -> load(arguments.stream().map(this::origin).toList(), isForced);
            case "disable", "enable" -> skip(verb, arguments);
            case "develop" -> develop();
            case "unbuilt" -> unbuilt(arguments.getFirst(), arguments);
            default ->
                    throw new HorizonException(
                            "HZ-CMD-001",
                            "no verb '"
                                    + verb
                                    + "'; there are load, reload, disable, enable, develop and"
                                    + " unbuilt");
        };
    }

    private String develop() {
        trial.getReady();
        return "ready for them";
    }

    private String unbuilt(String name, List<String> lines) {
        String text = String.join("\n", lines.subList(1, lines.size()));
        setbacks.unbuilt(name, loop.metrics().tick(), text);
        return "noted";
    }

    /** Loads, and keeps in mind what came of it. */
    private String load(List<Path> jars, boolean isForced) throws InterruptedException {
        try {
            String answer = change(jars, isForced);
            jars.forEach(jar -> setbacks.forget(name(jar)));
            return answer;
        } catch (HorizonException e) {
            jars.forEach(jar -> setbacks.refused(name(jar), loop.metrics().tick(), e));
            throw e;
        }
    }

    /** Of the plugin in a jar; the file's where nothing says it. */
    private String name(Path jar) {
        for (LoadedPlugin plugin : plugins.plugins()) {
            if (Path.of(plugin.origin()).equals(jar)) {
                return plugin.descriptor().name();
            }
        }
        try {
            return PluginDescriptor.in(jar).name();
        } catch (HorizonException e) {
            return String.valueOf(jar.getFileName());
        }
    }

    private String change(List<Path> jars, boolean isForced) throws InterruptedException {
        // The loop's bus is that of the first plugins, and has the next ones' shapes afterwards.
        int shapesBefore = plugins.events().catalogue().version();
        LoadedPlugins next = host.propose(jars);
        shelf.keep(next.plugins());
        TapeSetup following = setup.with(next);
        List<String> changed = new ArrayList<>();
        List<Path> kept = new ArrayList<>();
        for (LoadedPlugin plugin : next.plugins()) {
            if (jars.contains(Path.of(plugin.origin()))) {
                changed.add(plugin.descriptor().name() + " " + plugin.descriptor().version());
                kept.add(shelf.kept(plugin));
            }
        }
        String tried = isForced ? "" : trial.run(following, kept);
        place.share(following);
        long tick = await(following, next);
        host.accept();
        setup = following;
        plugins = next;
        if (next.events().catalogue().version() != shapesBefore) {
            onShapes.accept(next.events());
        }
        return String.join(", ", changed) + " from tick " + tick + " on" + tried;
    }

    private long await(TapeSetup following, LoadedPlugins next) throws InterruptedException {
        try {
            return loop.pluginChanges()
                    .submit(following.encode(), next)
                    .get(TICK_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HorizonException coded) {
                throw coded;
            }
            throw new IllegalStateException("the change of plugins failed", e.getCause());
        } catch (TimeoutException e) {
            throw noTick(e);
        }
    }

    /** A plugin and whatever depends on it, which would call what is not there. */
    private String skip(String verb, List<String> names) throws InterruptedException {
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            running(name);
            all.add(name);
        }
        addDependents(all, plugins);
        try {
            return loop.operator()
                    .submit("engine:" + verb + " " + String.join(" ", all))
                    .get(TICK_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HorizonException coded) {
                throw coded;
            }
            throw new IllegalStateException("the command failed", e.getCause());
        } catch (TimeoutException e) {
            throw noTick(e);
        }
    }

    /** Adds the plugins that would call what is not there. */
    static void addDependents(Set<String> names, LoadedPlugins plugins) {
        for (LoadedPlugin plugin : plugins.plugins()) {
            for (Dependency dependency : plugin.descriptor().dependencies()) {
                if (names.contains(dependency.name())) {
                    names.add(plugin.descriptor().name());
                }
            }
        }
    }

    private Path origin(String name) {
        LoadedPlugin plugin = running(name);
        if (plugin.sha256().isEmpty()) {
            throw new HorizonException(
                    "HZ-PLG-017",
                    "plugin "
                            + name
                            + " came without a jar, from the program that started this node; it"
                            + " can't be loaded again");
        }
        return Path.of(plugin.origin());
    }

    private LoadedPlugin running(String name) {
        List<String> names = new ArrayList<>();
        for (LoadedPlugin plugin : plugins.plugins()) {
            if (plugin.descriptor().name().equals(name)) {
                return plugin;
            }
            names.add(plugin.descriptor().name());
        }
        throw new HorizonException(
                "HZ-PLG-017", "no plugin " + name + " runs; there are " + String.join(", ", names));
    }

    /** Ends what waits to try plugins. */
    @Override
    public void close() {
        trial.close();
    }

    private static HorizonException noTick(TimeoutException cause) {
        return new HorizonException(
                "HZ-API-003",
                "no tick took the change within " + TICK_SECONDS_MAX + " s; look at /health",
                cause);
    }
}
