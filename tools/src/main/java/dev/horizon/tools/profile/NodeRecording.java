package dev.horizon.tools.profile;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.telemetry.SystemEvent;
import dev.horizon.engine.telemetry.TickEvent;
import dev.horizon.engine.telemetry.TransferEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records what a process of this machine does, with Java's flight recorder and {@code jcmd}. The
 * process needs nothing for it, opens nothing, and pays nothing before and after.
 */
public final class NodeRecording {
    /**
     * Of the flight recorder: stacks of all threads that run, each millisecond, so that a tick of a
     * few is in several; and what ticks are to be seen beside.
     */
    static final Map<String, String> SETTINGS =
            Map.of(
                    TickEvent.NAME + "#enabled",
                    "true",
                    SystemEvent.NAME + "#enabled",
                    "true",
                    TransferEvent.NAME + "#enabled",
                    "true",
                    "jdk.ExecutionSample#enabled",
                    "true",
                    "jdk.ExecutionSample#period",
                    "1 ms",
                    "jdk.GCPhasePause#enabled",
                    "true",
                    "jdk.CPULoad#enabled",
                    "true",
                    "jdk.CPULoad#period",
                    "1 s");

    private static final String NAME = "horizon-profile";

    /** A recording that nobody ends, for its command was killed, ends so much later. */
    private static final Duration LEFT_MAX = Duration.ofSeconds(60);

    private static final long ANSWER_SECONDS_MAX = 60;

    private NodeRecording() {}

    /**
     * Records a process, and returns when that is written.
     *
     * @param pid of the process, which belongs to the same user on the same machine
     * @param to the recording, a new file, which the process writes
     * @throws HorizonException HZ-ENV-023 where it can't be attached to, or ends meanwhile
     */
    public static void of(long pid, Duration time, Path to) throws InterruptedException {
        List<String> start = new ArrayList<>(List.of("JFR.start", "name=" + NAME));
        start.add("settings=none");
        // Named at once, or what has a duration is written a second time, where the node began.
        start.add("filename=\"" + to.toAbsolutePath() + '"'); // jcmd splits at spaces
        start.add("duration=" + time.plus(LEFT_MAX).toSeconds() + "s");
        SETTINGS.forEach((key, value) -> start.add("+" + key + "=" + value.replace(" ", "")));
        jcmd(pid, start);
        Thread.sleep(time);
        jcmd(pid, List.of("JFR.stop", "name=" + NAME));
        if (!Files.exists(to)) {
            throw failed(pid, "JFR.stop", "it wrote no " + to, null);
        }
    }

    private static void jcmd(long pid, List<String> words) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
        command.addAll(words);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            // It says a few lines, which fit into the pipe.
            if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed(pid, words.getFirst(), "no answer", null);
            }
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0 || said.contains("Could not")) {
                throw failed(pid, words.getFirst(), said.strip(), null);
            }
        } catch (IOException e) {
            throw failed(pid, words.getFirst(), String.valueOf(e.getMessage()), e);
        }
    }

    private static HorizonException failed(
            long pid, String what, String said, @Nullable Throwable why) {
        String message =
                "process %d can't be recorded (%s: %s): run this on the node's machine, as its user"
                        .formatted(pid, what, said);
        return why == null
                ? new HorizonException("HZ-ENV-023", message)
                : new HorizonException("HZ-ENV-023", message, why);
    }
}
