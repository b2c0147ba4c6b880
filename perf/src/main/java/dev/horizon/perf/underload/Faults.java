package dev.horizon.perf.underload;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a report says of its faults. */
final class Faults {
    private static final Pattern MALFORMED = Pattern.compile("(\\d+) malformed frames");

    private Faults() {}

    /** Malformed frames of all raids. */
    static double malformed(List<String> texts) {
        double sum = 0;
        for (String text : texts) {
            Matcher found = MALFORMED.matcher(text);
            sum += found.find() ? Double.parseDouble(found.group(1)) : 0;
        }
        return sum;
    }
}
