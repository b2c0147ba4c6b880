package dev.horizon.tools.profile;

import dev.horizon.engine.telemetry.SystemEvent;
import dev.horizon.engine.telemetry.TickEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import one.convert.Arguments;
import one.convert.CallStack;
import one.convert.FlameGraph;
import one.convert.Frame;

/**
 * What a recording says of the ticks of a node that took longest.
 *
 * @param ticks in the recording
 * @param budgetMillis that a tick may take; of the last one
 * @param longestMillis of all
 * @param machinePercent how busy all cores were
 * @param processPercent how much of that was the node
 * @param slow those beyond what was asked for, in their order
 */
public record TickProfile(
        int ticks,
        double budgetMillis,
        double longestMillis,
        double machinePercent,
        double processPercent,
        List<SlowTick> slow) {
    private static final List<String> PHASES =
            List.of("drain", "log", "simulate", "apply", "locate", "encode", "release", "account");

    /** Widths of a flame graph narrower than this are left out, percent. */
    private static final double WIDTH_MIN = 0.05;

    /** Copies the list. */
    public TickProfile {
        slow = List.copyOf(slow);
    }

    /**
     * Reads a recording.
     *
     * @param overPercent of the budget, beyond which a tick counts as slow
     * @throws IOException where it can't be read
     */
    public static TickProfile read(Path recording, double overPercent) throws IOException {
        Reading reading = new Reading(overPercent);
        each(recording, reading::tick);
        each(recording, reading::rest);
        reading.slow.sort(Comparator.comparing(SlowTick::from));
        return new TickProfile(
                reading.ticks,
                reading.budgetMillis,
                reading.longestMillis,
                reading.machine / Math.max(1, reading.loads),
                reading.process / Math.max(1, reading.loads),
                reading.slow);
    }

    /**
     * Writes what all threads of the node did within its slow ticks, as a page of its own: a flame
     * graph, whose first row are the threads. Its width is samples, a thousand a second of each
     * thread that ran or wanted to.
     *
     * @return samples in it
     */
    public int flameGraph(Path recording, String title, Path page) throws IOException {
        Arguments arguments = new Arguments();
        arguments.title = title;
        arguments.minwidth = WIDTH_MIN;
        arguments.inverted = true;
        FlameGraph graph = new FlameGraph(arguments);
        int[] samples = {0};
        each(
                recording,
                event -> {
                    if (event.getEventType().getName().equals("jdk.ExecutionSample")
                            && isWithin(event.getStartTime())) {
                        samples[0] += add(graph, event);
                    }
                });
        try (PrintStream out =
                new PrintStream(Files.newOutputStream(page), false, StandardCharsets.UTF_8)) {
            graph.dump(out);
        }
        return samples[0];
    }

    private boolean isWithin(Instant at) {
        return slow.stream().anyMatch(each -> !at.isBefore(each.from()) && at.isBefore(each.to()));
    }

    private static int add(FlameGraph graph, RecordedEvent sample) {
        RecordedThread thread = sample.getThread("sampledThread");
        RecordedStackTrace trace = sample.getStackTrace();
        if (thread == null || trace == null) {
            return 0;
        }
        CallStack stack = new CallStack();
        stack.push(String.valueOf(thread.getJavaName()), Frame.TYPE_NATIVE);
        List<RecordedFrame> frames = trace.getFrames();
        for (int i = frames.size() - 1; i >= 0; i--) {
            RecordedMethod method = frames.get(i).getMethod();
            stack.push(
                    shortName(method.getType().getName()) + "." + method.getName(),
                    frameType(frames.get(i).getType()));
        }
        graph.addSample(stack, 1);
        return 1;
    }

    /** Without its package; of a lambda's class what it is in, for the rest is a number. */
    private static String shortName(String type) {
        int lambda = type.indexOf("$$Lambda");
        String named = lambda < 0 ? type : type.substring(0, lambda) + "$lambda";
        return named.substring(named.lastIndexOf('.') + 1);
    }

    private static byte frameType(String type) {
        return switch (type) {
            case "Interpreted" -> Frame.TYPE_INTERPRETED;
            case "Inlined" -> Frame.TYPE_INLINED;
            case "Native" -> Frame.TYPE_NATIVE;
            default -> Frame.TYPE_JIT_COMPILED;
        };
    }

    private static void each(Path recording, Consumer<RecordedEvent> handler) throws IOException {
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                handler.accept(file.readEvent());
            }
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** What is gathered of a recording: its ticks first, then what happened within the slow. */
    private static final class Reading {
        private final double overPercent;
        private final List<SlowTick> slow = new ArrayList<>();
        private int ticks;
        private double budgetMillis;
        private double longestMillis;
        private double machine;
        private double process;
        private int loads;

        Reading(double overPercent) {
            this.overPercent = overPercent;
        }

        void tick(RecordedEvent event) {
            if (!event.getEventType().getName().equals(TickEvent.NAME)) {
                return;
            }
            ticks++;
            budgetMillis = millis(event.getDuration("budget"));
            double took = millis(event.getDuration());
            longestMillis = Math.max(longestMillis, took);
            if (took > budgetMillis * overPercent / 100) {
                String phase =
                        PHASES.stream().max(Comparator.comparing(event::getDuration)).orElseThrow();
                slow.add(
                        new SlowTick(
                                event.getLong("number"),
                                event.getStartTime(),
                                event.getEndTime(),
                                took,
                                millis(event.getDuration("processor")),
                                phase,
                                millis(event.getDuration(phase)),
                                "",
                                0,
                                0));
            }
        }

        void rest(RecordedEvent event) {
            switch (event.getEventType().getName()) {
                case SystemEvent.NAME -> system(event);
                case "jdk.GCPhasePause" -> pause(event);
                case "jdk.CPULoad" -> {
                    machine += event.getDouble("machineTotal") * 100;
                    process += (event.getDouble("jvmUser") + event.getDouble("jvmSystem")) * 100;
                    loads++;
                }
                default -> {
                    // Samples are for the flame graph.
                }
            }
        }

        private void system(RecordedEvent event) {
            double took = millis(event.getDuration());
            slow.replaceAll(of ->
                    of.number() == event.getLong("tick") && took > of.systemMillis()
                            ? with(of, event.getString("system"), took, of.pauseMillis())
                            : of);
        }

        private void pause(RecordedEvent event) {
            slow.replaceAll(of -> {
                Duration both =
                        Duration.between(
                                latest(of.from(), event.getStartTime()),
                                earliest(of.to(), event.getEndTime()));
                return both.isNegative()
                        ? of
                        : with(of, of.system(), of.systemMillis(), of.pauseMillis() + millis(both));
            });
        }

        private static Instant latest(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }

        private static Instant earliest(Instant a, Instant b) {
            return a.isBefore(b) ? a : b;
        }

        private static SlowTick with(
                SlowTick of, String system, double systemMillis, double pauseMillis) {
            return new SlowTick(
                    of.number(),
                    of.from(),
                    of.to(),
                    of.millis(),
                    of.coreMillis(),
                    of.phase(),
                    of.phaseMillis(),
                    system,
                    systemMillis,
                    pauseMillis);
        }
    }
}
