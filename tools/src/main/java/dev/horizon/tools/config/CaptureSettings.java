package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.net.archive.TickLogConfig;

/**
 * What is kept of the tape.
 *
 * @param keepTapes runs whose tape is kept
 * @param keepMegabytes of all tapes
 * @param keepHours how far back the tape of the running node reaches
 * @param snapshotSeconds between two snapshots of the world; 0 for the last alone
 * @param heldTicksMax ticks whose effects wait for the recorder before the node waits too
 */
@Doc("What is kept of the tape: the recorded inputs and hashes of every tick.")
public record CaptureSettings(
        @Default("16") @Range(min = 1, max = 10_000) @Doc("Runs whose tape is kept.") int keepTapes,
        @Default("4096")
                @Range(min = 64, max = 1_048_576)
                @Doc(
                        "Megabytes of tapes and snapshots kept: older tapes are removed at the next"
                                + " start, the beginning of the running one as it goes on.")
                int keepMegabytes,
        @Default("24")
                @Range(min = 1, max = 8_760)
                @Doc("Hours that the tape of the running node reaches back.")
                int keepHours,
        @Default("5")
                @Range(min = 0, max = 86_400)
                @Doc(
                        "Seconds between two snapshots of the world, from which a node goes on and"
                                + " a replay begins; of those older than ten minutes every second"
                                + " is kept; 0 for one at the end alone.")
                int snapshotSeconds,
        @Default("40")
                @Range(min = 1, max = 1_000)
                @Doc("Ticks that the recorder may lag before the node waits for it.")
                int heldTicksMax) {
    /** The same for the tape. */
    public TickLogConfig tickLogConfig() {
        TickLogConfig standard = TickLogConfig.defaults();
        return new TickLogConfig(
                keepTapes,
                (long) keepMegabytes << 20,
                keepHours * 3_600L,
                standard.denseSeconds(),
                standard.termLengthBytes());
    }
}
