package dev.horizon.perf.underload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps against overload that a node took, as its tape has them.
 *
 * @param steps each by its number, in order
 */
record Ladder(List<Integer> steps) {
    private static final Pattern STEP = Pattern.compile("overload ([a-z-]+) at a load of");
    private static final List<String> WORDS =
            List.of(
                    "normal",
                    "far-tiers-slower",
                    "close-tighter",
                    "cosmetics-shed",
                    "time-dilated");

    /** Reads a tape as an engineer does, with {@code horizon replay inputs}. */
    static Ladder of(Path launcher, Path data) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                launcher.toString(),
                                "replay",
                                "inputs",
                                "--data-dir",
                                data.toString(),
                                "--limit",
                                Integer.toString(Integer.MAX_VALUE))
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().filter(line -> STEP.matcher(line).find()).forEach(lines::add);
            if (process.waitFor() != 0) {
                throw new IOException("horizon replay inputs ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return ofLines(lines);
    }

    static Ladder ofLines(List<String> lines) {
        List<Integer> steps = new ArrayList<>();
        for (String line : lines) {
            Matcher found = STEP.matcher(line);
            if (found.find()) {
                steps.add(WORDS.indexOf(found.group(1)));
            }
        }
        return new Ladder(List.copyOf(steps));
    }

    int highest() {
        return steps.stream().mapToInt(step -> step).max().orElse(0);
    }

    /** Times that a step isn't next to the one before it. */
    int skipped() {
        int before = 0;
        int skipped = 0;
        for (int step : steps) {
            skipped += Math.abs(step - before) == 1 ? 0 : 1;
            before = step;
        }
        return skipped;
    }

    /**
     * From when no more players than in the end are asked for to when the step is normal for good;
     * infinite where it never is.
     *
     * @param seconds of each reading
     * @param taken the step at each
     * @param asked players at each
     */
    static double secondsToNormal(double[] seconds, double[] taken, double[] asked) {
        int left = asked.length - 1;
        while (left > 0 && asked[left - 1] == asked[asked.length - 1]) {
            left--;
        }
        int last = -1;
        for (int i = 0; i < taken.length; i++) {
            last = taken[i] > 0 ? i : last;
        }
        return last == taken.length - 1
                ? Double.POSITIVE_INFINITY
                : Math.max(0, seconds[last + 1] - seconds[left]);
    }
}
