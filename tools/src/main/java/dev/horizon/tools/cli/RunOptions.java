package dev.horizon.tools.cli;

import picocli.CommandLine.Option;

/** The flags of verbs that run a node. */
final class RunOptions {
    @Option(
            names = "--ticks",
            paramLabel = "N",
            description = "Stops in order after N ticks; without it, or with 0, at a signal.")
    long ticks;

    @Option(
            names = "--new-world",
            description =
                    "Begins a new world where the data folder holds one; the tape of that stays.")
    boolean beginsAnew;

    @Option(
            names = "--alone",
            description =
                    "Vouches that no standby, and no node it was the standby of, ticks this folder's"
                            + " world.")
    boolean isAlone;

    @Option(
            names = "--rehearse",
            hidden = true,
            description = "Is its own first guest; for builds.")
    boolean rehearses;
}
