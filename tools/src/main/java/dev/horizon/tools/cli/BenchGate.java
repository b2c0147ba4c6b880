package dev.horizon.tools.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon bench gate}: is this build worse than the last release? */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Compares ratios and bytes with those of the last release (perf/baseline.tsv), and ends with 3",
            "where one is worse by more than noise: ten per cent, or twice what measurements on record",
            "differed by. What seems lost is measured twice more. Three to nine minutes."
        })
final class BenchGate implements Callable<Integer> {
    private final Surroundings around;

    @Mixin BenchForm form = new BenchForm();

    @Option(
            names = "--record",
            description = "Measures three times and writes the record instead: for a release.")
    boolean records;

    BenchGate(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws Exception {
        List<String> arguments = form.arguments(false);
        BenchCommand.addFlag(arguments, "--record", records);
        return BenchProcess.run(around, "gate", arguments);
    }
}
