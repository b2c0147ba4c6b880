package dev.horizon.engine.profiles;

import dev.horizon.engine.plugin.Default;

/**
 * Bounds of the profile store.
 *
 * @param playersExpected sizes the view's file, which is sparse; ten times as many still fit
 * @param journalBytesMax a journal shorter than this is never rewritten; a longer one is, once it
 *     is four times as long as what it says
 */
public record ProfileStoreConfig(
        @Default("100000") int playersExpected, @Default("67108864") long journalBytesMax) {
    /** The defaults. */
    public static ProfileStoreConfig defaults() {
        return new ProfileStoreConfig(100_000, 64L << 20);
    }
}
