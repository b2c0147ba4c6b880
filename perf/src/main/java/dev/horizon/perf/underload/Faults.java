package dev.horizon.perf.underload;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a report says of its faults. */
final class Faults {
    private static final Pattern MALFORMED = Pattern.compile("(\\d+) malformed frames");

    private static final Pattern RAIDERS_SECONDS =
            Pattern.compile("([0-9.]+) s of a processor themselves");

    private Faults() {}

    /** Malformed frames of all raids. */
    static double malformed(List<String> texts) {
        return sum(MALFORMED, texts);
    }

    /** Processor time that the raiders of all raids took themselves. */
    static double raidersSeconds(List<String> texts) {
        return sum(RAIDERS_SECONDS, texts);
    }

    private static double sum(Pattern number, List<String> texts) {
        double sum = 0;
        for (String text : texts) {
            Matcher found = number.matcher(text);
            sum += found.find() ? Double.parseDouble(found.group(1)) : 0;
        }
        return sum;
    }
}
