package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Rerun;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tape, and how it is run again. */
final class TapeOptions extends TapeFolder {
    @Option(
            names = "--tape",
            paramLabel = "N",
            description = "Its number; the latest if not given.")
    @Nullable Long number;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of a tick; the outcome is the same at any number.")
    int threads;

    /** The tape that is meant. */
    TapeFile tape() {
        return tape(dataDir, number);
    }

    /** A tape of a folder; the latest where no number is given. */
    static TapeFile tape(Path dataDir, @Nullable Long number) {
        return TapeFile.list(dataDir).stream()
                .filter(tape -> number == null || tape.recordingId() == number)
                .reduce((former, latter) -> latter)
                .orElseThrow(() ->
                        new HorizonException(
                                "HZ-TAPE-004",
                                "there is no tape"
                                        + (number == null ? "" : " " + number)
                                        + " in "
                                        + dataDir
                                        + "; 'horizon replay tapes --data-dir "
                                        + dataDir
                                        + "' lists them"));
    }

    /** The tape, about to run again. */
    Rerun rerun() {
        return Rerun.of(tape(), dataDir, threads);
    }
}
