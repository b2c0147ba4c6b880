package dev.horizon.perf.rivals;

import dev.horizon.perf.processes.Installed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Mobs on Minestom, installed from Maven's central repository. */
final class Minestom implements AutoCloseable {
    private static final String SOURCE = "Mobs.java";
    private static final long RUN_SECONDS_MAX = 180;
    private static final double MOVED_SHARE_MIN = 0.9;

    private final Installed installed;
    private final String jars;
    private final int threads;

    Minestom(int threads) throws IOException, InterruptedException {
        this.threads = threads;
        installed = new Installed("/rivals/minestom/", List.of("pom.xml", SOURCE));
        jars = installed.jars();
    }

    /** The median tick of so many mobs, milliseconds. */
    double tickMillis(int mobs, int ticks) throws IOException, InterruptedException {
        String said =
                installed.output(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xms512m",
                                "-Xmx2g",
                                "-Dminestom.dispatcher-threads=" + threads,
                                "-cp",
                                jars,
                                SOURCE,
                                Integer.toString(mobs),
                                Integer.toString(ticks)),
                        RUN_SECONDS_MAX);
        if (Installed.number(said, "moved") < mobs * MOVED_SHARE_MIN) {
            throw new IllegalStateException("mobs didn't move: " + said);
        }
        return Installed.number(said, "p50");
    }

    @Override
    public void close() {
        installed.close();
    }
}
