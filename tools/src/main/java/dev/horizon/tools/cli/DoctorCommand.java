package dev.horizon.tools.cli;

import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.doctor.Doctor;
import dev.horizon.tools.doctor.Finding;
import dev.horizon.tools.doctor.Finding.Verdict;
import dev.horizon.tools.doctor.Survey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code horizon doctor}: what this machine can do, and what to change. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks whether this machine can run a node, and says what to change.",
        footer = {"", "Exits with 4 when a check fails."})
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin ConfigOptions options = new ConfigOptions();

    @Option(names = "--json", description = "One JSON object instead of lines.")
    boolean json;

    DoctorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        HorizonConfig config = options.load(around.environment()).config();
        List<Finding> findings = Doctor.examine(Survey.take(config), config);
        boolean failed = findings.stream().anyMatch(f -> f.verdict() == Verdict.FAIL);
        if (json) {
            Json.print(around.out(), Map.of("healthy", !failed, "findings", findings));
        } else {
            findings.forEach(this::print);
        }
        around.out().flush();
        return failed ? ExitCode.ENVIRONMENT : ExitCode.OK;
    }

    private void print(Finding finding) {
        String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
        around.out().printf("%-4s  %-14s %s%n", paint(verdict), finding.check(), finding.detail());
        if (!finding.advice().isEmpty()) {
            around.out().printf("      %-14s -> %s%n", "", finding.advice());
        }
    }

    private String paint(String verdict) {
        if (!around.terminal()) {
            return verdict;
        }
        String colour =
                switch (verdict) {
                    case "ok" -> "32";
                    case "warn" -> "33";
                    default -> "31";
                };
        return "\u001b[" + colour + "m" + String.format("%-4s", verdict) + "\u001b[0m";
    }
}
