package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.soak.report.Comparison;
import dev.horizon.tools.soak.report.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code horizon soak compare}: two reports side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Two soaks side by side: which figures are better or worse.",
        footer = {
            "",
            "Exits with 3 when a figure that the second plan has a goal for is worse.",
            "",
            "Example:",
            "  horizon soak compare before/report.json after/report.json --tolerance 10"
        })
final class SoakCompare implements Callable<Integer> {
    private final Surroundings around;

    @Parameters(index = "0", paramLabel = "A.json", description = "The earlier report.")
    Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "B.json", description = "The later report.")
    Path after = Path.of("");

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "20",
            description = "What a figure may change by chance: ${DEFAULT-VALUE}.")
    double tolerance;

    @Option(names = "--json", description = "As a JSON object.")
    boolean json;

    SoakCompare(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        Comparison comparison = Comparison.of(read(before), read(after), tolerance);
        if (json) {
            Map<String, Object> root = new LinkedHashMap<>();
            root.put("figures", comparison.rows());
            root.put("differs", comparison.differs());
            Json.print(around.out(), root);
        } else {
            comparison.differs().forEach(line -> around.out().println("note: " + line));
            TextTable table = new TextTable("FIGURE", ">A", ">B", "UNIT", ">CHANGE", "", "GOAL");
            for (Comparison.Row row : comparison.rows()) {
                table.row(
                        row.name(),
                        Text.number(row.before()),
                        Text.number(row.after()),
                        row.unit(),
                        Double.isFinite(row.changePercent())
                                ? "%+.0f %%".formatted(row.changePercent())
                                : "",
                        row.verdict(),
                        row.hasGoal() ? "yes" : "");
            }
            table.print(around.out());
        }
        return comparison.isWorse() ? ExitCode.THRESHOLD : ExitCode.OK;
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            Path at = Files.isDirectory(file) ? file.resolve("report.json") : file;
            JsonNode report = JsonMapper.shared().readTree(Files.readString(at));
            if (report.path("stages").path("whole").isObject()) {
                return report;
            }
        } catch (JacksonException | IOException e) {
            throw unreadable(file, e);
        }
        throw unreadable(file, new IllegalArgumentException(file.toString()));
    }

    private static HorizonException unreadable(Path file, Exception cause) {
        return new HorizonException(
                "HZ-SOAK-004",
                file + " is no report of a soak; name a report.json, or its folder",
                cause);
    }
}
