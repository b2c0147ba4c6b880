package dev.horizon.tools.cli;

import dev.horizon.engine.query.Condition;
import dev.horizon.engine.query.ConditionParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code horizon query}: entities of a running node. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Finds entities of a running node by their components.",
        footer = {
            "",
            "A condition compares COMPONENT.FIELD with < <= > >= == != or ~ (contains), and joins",
            "comparisons with and, or, not and parentheses. A component alone asks whether it is"
                    + " there.",
            "",
            "Examples:",
            "  horizon query 'Hull.points < 10'",
            "  horizon query \"Identity.faction == PIRATES and Hull\" --columns"
                    + " Identity.name,Hull.points",
            "  horizon query 1:42                   one entity with all its components"
        })
final class QueryCommand implements Callable<Integer> {
    static final String ENTITY_ID = "\\d+:\\d+";

    private static final Pattern ENTITY = Pattern.compile(ENTITY_ID);

    private final Surroundings around;

    @Parameters(paramLabel = "CONDITION", description = "What to find, or an entity's id.")
    String condition = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Entities at most; ${DEFAULT-VALUE} if not given.")
    int limit;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COMPONENT.FIELD",
            description = "What to print; without it the identity and what the condition reads.")
    List<String> columns = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object instead of a table.")
    boolean json;

    @Mixin NodeOptions node = new NodeOptions();

    QueryCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        boolean single = ENTITY.matcher(condition).matches();
        Condition parsed = single ? null : ConditionParser.parse(condition);
        NodeClient client = node.client(around);
        JsonNode answer =
                client.get(
                        single
                                ? "/api/entities/" + condition
                                : "/api/query?limit="
                                        + limit
                                        + "&where="
                                        + NodeClient.encode(condition));
        if (json) {
            Json.print(around.out(), answer);
        } else if (parsed == null) {
            printEntity(answer);
        } else {
            printTable(answer.path("entities"), parsed);
        }
        return ExitCode.OK;
    }

    private void printEntity(JsonNode entity) {
        TextTable table = new TextTable("COMPONENT", "FIELD", "VALUE");
        entity.path("components")
                .properties()
                .forEach(component ->
                        component
                                .getValue()
                                .properties()
                                .forEach(field ->
                                        table.row(
                                                component.getKey(),
                                                field.getKey(),
                                                text(field.getValue()))));
        table.print(around.out());
    }

    private void printTable(JsonNode entities, Condition parsed) {
        List<String> shown = columns.isEmpty() ? standardColumns(parsed) : columns;
        List<String> headers = new ArrayList<>(List.of("ID"));
        headers.addAll(shown);
        TextTable table = new TextTable(headers.toArray(String[]::new));
        for (JsonNode entity : entities) {
            List<Object> cells = new ArrayList<>(List.of(entity.path("id").asString()));
            for (String column : shown) {
                int dot = Math.max(column.indexOf('.'), 0);
                cells.add(
                        text(
                                entity.path("components")
                                        .path(column.substring(0, dot))
                                        .path(column.substring(dot == 0 ? 0 : dot + 1))));
            }
            table.row(cells.toArray());
        }
        table.print(around.out());
        if (entities.size() == limit) {
            around.err().println("the first " + limit + "; --limit shows more");
        }
    }

    private static List<String> standardColumns(Condition parsed) {
        Set<String> shown =
                new LinkedHashSet<>(
                        List.of("Identity.shipType", "Identity.faction", "Identity.name"));
        addFields(parsed, shown);
        return List.copyOf(shown);
    }

    private static void addFields(Condition condition, Set<String> into) {
        switch (condition) {
            case Condition.All all -> all.parts().forEach(part -> addFields(part, into));
            case Condition.Any any -> any.parts().forEach(part -> addFields(part, into));
            case Condition.Not not -> addFields(not.part(), into);
            case Condition.Comparison comparison ->
                    into.add(comparison.component() + "." + comparison.field());
            case Condition.Has has -> {
                // Presence has no value to print.
            }
        }
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "-";
        }
        return value.isString() ? value.asString() : value.toString();
    }
}
