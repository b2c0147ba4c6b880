package dev.horizon.engine.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of up to three numbers; what follows a dash doesn't count in comparisons.
 *
 * @param major breaks at will
 * @param minor adds
 * @param patch repairs
 */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(?:-[0-9A-Za-z.-]{1,64})?");

    /**
     * Reads {@code 1}, {@code 1.2}, {@code 1.2.3} or {@code 1.2.3-SNAPSHOT}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Version parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no version; write it as 1.2.3");
        }
        return new Version(
                Integer.parseInt(matcher.group(1)), part(matcher.group(2)), part(matcher.group(3)));
    }

    private static int part(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /**
     * True when code made for {@code wanted} runs on this API: the same major number (and the same
     * minor one while that is 0, when anything may break), and nothing newer wanted.
     */
    public boolean serves(Version wanted) {
        return major == wanted.major
                && (major != 0 || minor == wanted.minor)
                && compareTo(new Version(wanted.major, wanted.minor, 0)) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        int byMajor = Integer.compare(major, other.major);
        if (byMajor != 0) {
            return byMajor;
        }
        int byMinor = Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
