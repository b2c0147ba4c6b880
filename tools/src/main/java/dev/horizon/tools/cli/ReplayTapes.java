package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.Tapes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    /**
     * A tape.
     *
     * @param tape its number
     * @param lastTick the last whole one; 0 where the tape can't be read to its end
     * @param problem why not; empty where it can
     * @param snapshots beside it
     * @param setup what it says of its node: plugins by the hash of their jars, their settings, the
     *     tape that it goes on from; null where it can't be read
     */
    record Listed(
            long tape,
            TapeHeader header,
            long lastTick,
            String problem,
            int snapshots,
            @Nullable TapeSetup setup) {
        static Listed of(TapeFile tape) {
            long last = 0;
            TapeSetup setup = null;
            String problem = "";
            try {
                setup = Tapes.setup(tape);
                last = Tapes.lastTick(tape);
            } catch (HorizonException e) {
                problem = e.code();
            }
            return new Listed(
                    tape.recordingId(),
                    tape.header(),
                    last,
                    problem,
                    tape.snapshots().size(),
                    setup);
        }
    }

    @Override
    public Integer call() {
        List<Listed> tapes = TapeFile.list(options.dataDir).stream().map(Listed::of).toList();
        if (options.json) {
            Json.print(around.out(), Map.of("tapes", tapes));
            return ExitCode.OK;
        }
        TextTable table =
                new TextTable(
                        "TAPE",
                        "STAR SYSTEM",
                        "FIRST TICK",
                        "HZ",
                        "SEED",
                        "BUILD",
                        "LAST TICK",
                        "SNAPSHOTS");
        for (Listed tape : tapes) {
            table.row(
                    tape.tape(),
                    tape.header().starSystem(),
                    tape.header().firstTick(),
                    tape.header().tickHz(),
                    tape.header().seed(),
                    tape.header().build(),
                    tape.problem().isEmpty() ? tape.lastTick() : tape.problem(),
                    tape.snapshots());
        }
        table.print(around.out());
        return ExitCode.OK;
    }
}
