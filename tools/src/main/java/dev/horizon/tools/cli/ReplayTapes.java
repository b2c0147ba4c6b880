package dev.horizon.tools.cli;

import dev.horizon.net.archive.TapeFile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code horizon replay tapes}. */
@Command(
        name = "tapes",
        mixinStandardHelpOptions = true,
        description = "Lists the tapes of a data folder.")
final class ReplayTapes implements Callable<Integer> {
    private final Surroundings around;

    @Mixin TapeFolder options;

    ReplayTapes(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        List<TapeFile> tapes = TapeFile.list(options.dataDir);
        if (options.json) {
            Json.print(
                    around.out(), Map.of("tapes", tapes.stream().map(TapeFile::header).toList()));
            return ExitCode.OK;
        }
        TextTable table = new TextTable("TAPE", "STAR SYSTEM", "FIRST TICK", "HZ", "SEED", "BUILD");
        for (TapeFile tape : tapes) {
            table.row(
                    tape.recordingId(),
                    tape.header().starSystem(),
                    tape.header().firstTick(),
                    tape.header().tickHz(),
                    tape.header().seed(),
                    tape.header().build());
        }
        table.print(around.out());
        return ExitCode.OK;
    }
}
