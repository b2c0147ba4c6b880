package dev.horizon.tools.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code horizon command}: what plugins let operators do. */
@Command(
        name = "command",
        mixinStandardHelpOptions = true,
        description = "Lists the commands of a running node's plugins, or gives one.",
        footer = {
            "",
            "Commands are given to the next tick, and are on the tape. 'horizon completion' teaches a"
                    + " shell their names.",
            "",
            "Examples:",
            "  horizon command                      all of them, with their arguments",
            "  horizon command economy:ledger",
            "  horizon command engine:lift market/books"
        })
final class CommandCommand implements Callable<Integer> {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private final Surroundings around;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME|ARGUMENT",
            description = "The command, then its arguments; none lists what there is.")
    List<String> words = new ArrayList<>();

    @Option(names = "--names", description = "Prints the names alone, a line each.")
    boolean isNames;

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Mixin NodeOptions node = new NodeOptions();

    CommandCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        if (words.isEmpty()) {
            list(node.client(around).get("/api/commands"));
        } else {
            JsonNode answer =
                    node.client(around)
                            .post(
                                    "/api/command",
                                    node.token(around).secret(),
                                    String.join(" ", words),
                                    ANSWER_MAX);
            if (json) {
                Json.print(around.out(), answer);
            } else {
                around.out().println(answer.path("answer").asString());
            }
        }
        around.out().flush();
        return ExitCode.OK;
    }

    private void list(JsonNode answer) {
        if (json) {
            Json.print(around.out(), answer);
            return;
        }
        TextTable table = new TextTable("COMMAND", "ARGUMENTS", "DOES");
        for (JsonNode command : answer.path("commands")) {
            String name = command.path("name").asString();
            if (isNames) {
                around.out().println(name);
            }
            table.row(name, command.path("usage").asString(), command.path("help").asString());
        }
        if (!isNames) {
            table.print(around.out());
        }
    }
}
