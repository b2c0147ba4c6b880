package dev.horizon.tools.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code horizon why}: why a client did or didn't hold an entity. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Says why a player's client did or didn't hold an entity near.",
        footer = {
            "",
            "The tier at which it was held, what decided, how far it was, and the limit that counted.",
            "Only the latest decisions about each client are remembered (gateway.why-history); for",
            "what nothing was decided about, the answer is of now.",
            "",
            "Examples:",
            "  horizon why --player Ada --entity 1:42",
            "  horizon why --player Ada --entity 1:42 --tick 40210 --json"
        })
final class WhyCommand implements Callable<Integer> {
    private final Surroundings around;

    @Option(names = "--player", paramLabel = "NAME", required = true, description = "Whose client.")
    String player = "";

    @Option(
            names = "--entity",
            paramLabel = "ID",
            required = true,
            description = "Which entity, such as 1:42.")
    String entity = "";

    @Option(names = "--tick", paramLabel = "N", description = "When; now if not given.")
    @Nullable Long tick;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    boolean json;

    @Mixin NodeOptions node = new NodeOptions();

    WhyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        String at = tick == null ? "" : "&tick=" + tick;
        JsonNode why =
                node.client(around)
                        .get(
                                "/api/why?player="
                                        + NodeClient.encode(player)
                                        + "&entity="
                                        + NodeClient.encode(entity)
                                        + at);
        if (json) {
            Json.print(around.out(), why);
            return ExitCode.OK;
        }
        TextTable table = new TextTable("WHAT", "ANSWER");
        table.row("held", why.path("tier").asString());
        table.row("because of", why.path("reason").asString());
        table.row("distance", metres(why.path("distanceMetres")));
        table.row("limit", metres(why.path("limitMetres")));
        String channel = why.path("channel").asString("");
        table.row("channel", channel.isEmpty() ? "-" : channel);
        table.row(why.path("remembered").asBoolean() ? "since tick" : "at tick", why.path("tick"));
        table.print(around.out());
        return ExitCode.OK;
    }

    private static String metres(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%,.1f m", value.asDouble()) : "-";
    }
}
