package dev.horizon.engine.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the known word that a mistyped one most likely meant. */
public final class Spelling {
    /** More edits than this, or than half the word, and a suggestion would only puzzle. */
    private static final int EDITS_MAX = 4;

    private Spelling() {}

    /** The known word with the fewest edits to the given one, or null where none is near. */
    public static @Nullable String nearest(String word, Collection<String> known) {
        String best = null;
        int fewest = Math.min(EDITS_MAX, Math.max(1, word.length() / 2)) + 1;
        for (String candidate : known) {
            int edits = edits(word, candidate);
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's distance, by the two-row form of Wagner and Fischer (1974). */
    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] =
                        Math.min(
                                previous[j - 1] + change,
                                Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
