package dev.horizon.perf.fanout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a process's time went, from a flight recording: threads, and methods where samples ended.
 */
final class Profile {
    private static final int METHODS_SHOWN = 40;
    private static final int FRAMES_SHOWN = 4;
    private static final List<String> SAMPLES =
            List.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

    private Profile() {}

    static String of(Path recording) throws IOException {
        Map<String, Integer> threads = new LinkedHashMap<>();
        Map<String, Integer> methods = new LinkedHashMap<>();
        int samples = 0;
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                RecordedStackTrace stack = event.getStackTrace();
                if (!SAMPLES.contains(event.getEventType().getName()) || stack == null) {
                    continue;
                }
                String at = path(stack);
                if (at.contains("epollWait") || at.contains("accept")) {
                    continue;
                }
                samples++;
                RecordedThread thread = event.getThread("sampledThread");
                String name = thread == null ? "?" : String.valueOf(thread.getJavaName());
                threads.merge(name, 1, Integer::sum);
                methods.merge(name + ": " + at, 1, Integer::sum);
            }
        }
        StringBuilder text = new StringBuilder();
        append(text, "threads", threads, samples);
        append(text, "methods, and who called them", methods, samples);
        return text.toString();
    }

    private static String path(RecordedStackTrace stack) {
        StringBuilder text = new StringBuilder();
        for (RecordedFrame frame : stack.getFrames().stream().limit(FRAMES_SHOWN).toList()) {
            String type = frame.getMethod().getType().getName();
            text.append(text.isEmpty() ? "" : " < ")
                    .append(type.substring(type.lastIndexOf('.') + 1))
                    .append('.')
                    .append(frame.getMethod().getName());
        }
        return text.toString();
    }

    private static void append(
            StringBuilder text, String title, Map<String, Integer> counts, int samples) {
        text.append(title).append(" (of ").append(samples).append(" samples)\n");
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(METHODS_SHOWN)
                .forEach(each ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "  %5.1f %%  %s%n",
                                        100.0 * each.getValue() / Math.max(1, samples),
                                        each.getKey())));
    }
}
