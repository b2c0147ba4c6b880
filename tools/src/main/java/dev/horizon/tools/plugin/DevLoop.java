package dev.horizon.tools.plugin;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From saving to running: looks at a project's sources, or at a jar, and whenever they changed and
 * then stood still for a moment, builds and loads. What is wrong is said, and the running version
 * goes on. One thread; each step looks once.
 */
public final class DevLoop {
    private final Path watched;
    private final Sdk sdk;
    private final Target node;
    private final PrintWriter out;
    private Map<Path, FileTime> known = Map.of();
    private boolean isSettling;

    /** The running node. */
    public interface Target {
        /**
         * Loads a jar.
         *
         * @return what came of it
         */
        String load(Path jar);

        /** Shows on the page what doesn't compile. */
        void unbuilt(String plugin, String why);
    }

    /**
     * Watches a project's folder or a jar.
     *
     * @param out where what comes of it is told
     */
    public DevLoop(Path watched, Sdk sdk, Target node, PrintWriter out) {
        this.watched = watched;
        this.sdk = sdk;
        this.node = node;
        this.out = out;
    }

    /**
     * Looks once: the first time, and after a change that has ended, builds and loads.
     *
     * @return true when it loaded something
     */
    public boolean step() {
        Map<Path, FileTime> now = files();
        if (!now.equals(known)) {
            known = now;
            isSettling = true;
            return false;
        }
        if (!isSettling) {
            return false;
        }
        isSettling = false;
        return buildAndLoad();
    }

    private boolean buildAndLoad() {
        long start = System.nanoTime();
        try {
            Path jar = isJar() ? watched : build();
            long built = System.nanoTime();
            String answer = node.load(jar);
            out.printf(
                    "%s (built in %d ms, running after %d ms)%n",
                    answer,
                    TimeUnit.NANOSECONDS.toMillis(built - start),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            return true;
        } catch (HorizonException e) {
            out.println(e.code() + ": " + e.getMessage());
            return false;
        } finally {
            out.flush();
        }
    }

    private Path build() {
        PluginBuild build = new PluginBuild(watched, sdk);
        try {
            return build.build();
        } catch (HorizonException e) {
            node.unbuilt(build.plugin(), e.code() + ": " + e.getMessage());
            throw e;
        }
    }

    private boolean isJar() {
        return watched.toString().endsWith(".jar");
    }

    /** A file that is gone between listing and looking is as good as changed. */
    private Map<Path, FileTime> files() {
        Map<Path, FileTime> times = new HashMap<>();
        List<Path> roots = isJar() ? List.of(watched) : List.of(watched.resolve("src/main"));
        for (Path root : roots) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    times.put(file, Files.getLastModifiedTime(file));
                }
            } catch (IOException e) {
                times.put(root, FileTime.fromMillis(0));
            }
        }
        return times;
    }
}
