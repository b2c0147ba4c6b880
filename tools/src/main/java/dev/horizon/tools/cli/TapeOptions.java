package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.TapeSource;
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
            description = "Threads of a tick, all cores if not given; the outcome is the same.")
    @Nullable Integer threads;

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

    /** The tape, with the jars that made it. */
    TapeSource source() {
        return source(tape(), dataDir);
    }

    TapeSource source(TapeFile tape, Path dir) {
        Integer asked = threads;
        return TapeSource.of(
                tape, dir, asked == null ? Runtime.getRuntime().availableProcessors() : asked);
    }
}
