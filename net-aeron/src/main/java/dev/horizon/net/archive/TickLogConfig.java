package dev.horizon.net.archive;

import dev.horizon.engine.plugin.Default;

/**
 * How the tape is recorded and how much of it is kept. Tapes that exceed a bound are deleted at the
 * next start, oldest first; the tape of the last run always stays. Of the running tape, snapshots
 * and segments that exceed a bound are deleted as it goes on.
 *
 * @param keepTapes tapes kept, each of one run
 * @param keepBytes bytes of all tapes kept, their snapshots included; and of the running one
 * @param keepSeconds how far back the running tape reaches
 * @param denseSeconds how far back all snapshots of the running tape stay, from which a node comes
 *     back; of older ones every second does, from which replays begin
 * @param termLengthBytes a power of two from 128 KiB; one tick's inputs take at most an eighth of
 *     it
 */
public record TickLogConfig(
        @Default("16") int keepTapes,
        @Default("4294967296") long keepBytes,
        @Default("86400") long keepSeconds,
        @Default("600") long denseSeconds,
        @Default("8388608") int termLengthBytes) {
    /** The defaults. */
    public static TickLogConfig defaults() {
        return new TickLogConfig(16, 4L << 30, 86_400, 600, 8 << 20);
    }
}
