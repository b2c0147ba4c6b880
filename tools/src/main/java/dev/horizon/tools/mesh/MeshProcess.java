package dev.horizon.tools.mesh;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs one process of a local mesh, and starts it again when it ends without being told to. */
final class MeshProcess {
    /** How a process fares, as its page shows it. */
    enum State {
        STARTING,
        UP,
        ENDED
    }

    /**
     * What is known of it.
     *
     * @param pid of its last life
     * @param state of its last life
     * @param starts how often it was started
     * @param ends how often it ended though nobody asked it to
     */
    record Status(MeshPart part, long pid, State state, int starts, int ends) {}

    private static final long AGAIN_NANOS_MIN = TimeUnit.SECONDS.toNanos(1);

    /** One that ends at each start shall not keep the machine busy. */
    private static final long AGAIN_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    /** Of a log that is looked at for what it says at its start. */
    private static final int START_BYTES_MAX = 1 << 20;

    private final MeshPart part;
    private final Path folder;
    private final List<String> arguments;
    private final Function<List<String>, ProcessBuilder> launcher;
    private final MeshHistory history;
    private @Nullable Process process;
    private State state = State.ENDED;
    private long logFrom;
    private long againNanos;
    private long waitNanos = AGAIN_NANOS_MIN;
    private int starts;
    private int ends;
    private boolean isHeld;

    MeshProcess(
            MeshPart part,
            Path folder,
            List<String> arguments,
            Function<List<String>, ProcessBuilder> launcher,
            MeshHistory history) {
        this.part = part;
        this.folder = folder;
        this.arguments = arguments;
        this.launcher = launcher;
        this.history = history;
    }

    MeshPart part() {
        return part;
    }

    synchronized Status status() {
        Process of = process;
        return new Status(part, of == null ? 0 : of.pid(), state, starts, ends);
    }

    synchronized void start() throws IOException {
        Path log = log();
        ProcessBuilder builder = launcher.apply(arguments);
        builder.environment().keySet().removeIf(name -> name.matches("HORIZON_[A-Z0-9_]*__.*"));
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        logFrom = Files.exists(log) ? Files.size(log) : 0;
        Process started = builder.start();
        new Leftovers(folder).note(part.name(), started.toHandle());
        process = started;
        starts++;
        state = State.STARTING;
    }

    Path log() {
        return folder.resolve(part.name() + ".log");
    }

    /** Looks how it fares, and starts it again when it is time to. */
    synchronized void look() throws IOException {
        Process of = process;
        if (of == null) {
            return;
        }
        long now = System.nanoTime();
        if (of.isAlive()) {
            if (state == State.STARTING && hasSaid(part.role().ready())) {
                state = State.UP;
                history.add(part.name(), starts == 1 ? "is up" : "is up again");
            }
        } else if (state != State.ENDED) {
            // What was up was killed: only what does not come up is given time.
            waitNanos =
                    state == State.UP ? AGAIN_NANOS_MIN : Math.min(AGAIN_NANOS_MAX, 2 * waitNanos);
            againNanos = now + waitNanos;
            state = State.ENDED;
            ends++;
            history.add(
                    part.name(),
                    "ended with %d; it is started again in %d s"
                            .formatted(of.exitValue(), TimeUnit.NANOSECONDS.toSeconds(waitNanos)));
        } else if (now - againNanos > 0 && !isHeld) {
            start();
        }
    }

    /** kill -9; it stays away until {@link #startAgain}. */
    void kill() throws InterruptedException {
        Process of;
        synchronized (this) {
            of = process;
            isHeld = true;
            state = State.ENDED;
            history.add(part.name(), "is killed");
        }
        if (of != null) {
            of.destroyForcibly().waitFor();
        }
    }

    /** Starts what was killed; what was not goes on. */
    synchronized void startAgain() throws IOException {
        if (isHeld) {
            isHeld = false;
            start();
        }
    }

    private boolean hasSaid(String text) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            file.seek(logFrom);
            byte[] bytes = new byte[(int) Math.min(START_BYTES_MAX, file.length() - logFrom)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).contains(text);
        }
    }

    /** Tells it to end; {@link #awaitEnd} says whether it has. */
    synchronized void tellToEnd() {
        Process of = process;
        state = State.ENDED;
        process = null;
        if (of != null) {
            of.destroy();
            ending = of;
        }
    }

    private @Nullable Process ending;

    /** Waits for its end, and forces it when it does not come. */
    void awaitEnd(long millisMax) throws InterruptedException {
        Process of = ending;
        if (of != null && !of.waitFor(millisMax, TimeUnit.MILLISECONDS)) {
            of.destroyForcibly().waitFor();
        }
        new Leftovers(folder).forget(part.name());
    }
}
