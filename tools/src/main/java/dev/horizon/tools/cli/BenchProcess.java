package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs what {@code horizon bench} measures. */
final class BenchProcess {
    private static final String MAIN = "dev.horizon.perf.Bench";

    /** As the launcher runs a node, for that is what is measured. */
    private static final List<String> NODE_OPTIONS =
            List.of("-XX:+UseZGC", "-Xms512m", "-Xmx2g", "-XX:+UseCompactObjectHeaders");

    /** What the launcher chose for this process alone. */
    private static final List<String> OWN_OPTIONS =
            List.of("-XX:+Use", "-Xm", "-XX:Tiered", "-XX:AOT");

    private BenchProcess() {}

    /**
     * In a process of its own: with benchmarks and rivals on its class path, and a node's options.
     */
    static int run(Surroundings around, String what, List<String> arguments)
            throws IOException, InterruptedException {
        Path home = home(around);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (OWN_OPTIONS.stream().noneMatch(given::startsWith)) {
                command.add(given);
            }
        }
        command.addAll(NODE_OPTIONS);
        // The distribution is <root>/tools/target/horizon, the launcher <root>/horizon.
        command.add("-Dhorizon.launcher=" + home.resolve("../../../horizon").normalize());
        command.add("-cp");
        command.add(
                String.join(
                        File.pathSeparator,
                        home.resolve("lib") + "/*",
                        home.resolve("bench") + "/*",
                        home.resolve("plugins") + "/*"));
        command.add(MAIN);
        command.add(what);
        command.addAll(arguments);
        around.out().flush();
        Process process = new ProcessBuilder(command).inheritIO().start();
        Thread stopping = new Thread(process::destroy, "bench-stopping");
        Runtime.getRuntime().addShutdownHook(stopping);
        int exit = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(stopping);
        return exit;
    }

    private static Path home(Surroundings around) {
        String home = System.getProperty("horizon.home", "");
        if (home.isEmpty() || !Files.isDirectory(Path.of(home, "bench"))) {
            throw new HorizonException(
                    "HZ-ENV-006",
                    "the benchmarks are not built at "
                            + (home.isEmpty() ? "an unknown place" : home + "/bench")
                            + ". Run ./horizon bench, which builds them on first use.");
        }
        return Path.of(home).toAbsolutePath();
    }
}
