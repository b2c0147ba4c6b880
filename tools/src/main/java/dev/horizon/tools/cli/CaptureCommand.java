package dev.horizon.tools.cli;

import dev.horizon.net.replay.TapeTail;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code horizon capture}: what a node records, as it does. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        description = "Shows what a node records, as it does.",
        footer = {
            "",
            "Example:",
            "  horizon capture tail                 each tick of the running node, as it is recorded"
        })
final class CaptureCommand implements Runnable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final JsonMapper JSON = new JsonMapper();

    private final Surroundings around;

    @Spec CommandSpec spec;

    CaptureCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "capture needs to know what: tail");
    }

    @Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            description =
                    "Follows the tape of a node, a line each tick, across its restarts; needs no"
                            + " lock, and the node doesn't notice.")
    int tail(
            @Mixin TapeFolder options,
            @Option(
                            names = "--ticks",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Ends after so many; 0 for at a signal.")
                    long ticks) {
        TapeTail tail = new TapeTail(options.dataDir);
        long[] left = {ticks == 0 ? Long.MAX_VALUE : ticks};
        while (left[0] > 0) {
            int told =
                    tail.poll(tick -> {
                        if (left[0]-- > 0) {
                            print(tick, options.json);
                        }
                    });
            around.out().flush();
            if (told == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (Thread.currentThread().isInterrupted()) {
                return ExitCode.OK;
            }
        }
        return ExitCode.OK;
    }

    private void print(TapeTail.Told tick, boolean json) {
        around.out()
                .println(
                        json
                                ? JSON.writeValueAsString(tick)
                                : String.format(
                                        Locale.ROOT,
                                        "tape %d  tick %d  %016x  %,d entities  %d inputs, %,d B "
                                                + " %.2f ms%s",
                                        tick.tape(),
                                        tick.tick(),
                                        tick.hash(),
                                        tick.entities(),
                                        tick.inputs(),
                                        tick.inputBytes(),
                                        tick.nanos() / 1e6,
                                        tick.faults() == 0
                                                ? ""
                                                : "  " + tick.faults() + " faults"));
    }
}
