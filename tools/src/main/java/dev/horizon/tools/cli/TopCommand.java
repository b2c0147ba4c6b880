package dev.horizon.tools.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code horizon top}: a running node at a glance, again and again. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Shows a running node: tick, players, systems by cost, traffic per tier.",
        footer = {
            "",
            "Redraws on a terminal; elsewhere it prints one block after the other. Control-C ends it.",
            "",
            "Examples:",
            "  horizon top",
            "  horizon top --once --json"
        })
final class TopCommand implements Callable<Integer> {
    private static final String CLEAR = "\u001b[H\u001b[J";

    private final Surroundings around;

    @Option(names = "--once", description = "Prints one reading and ends.")
    boolean once;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Time between readings; ${DEFAULT-VALUE} if not given.")
    int intervalSeconds;

    @Option(names = "--json", description = "One JSON object a reading.")
    boolean json;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20",
            description = "Systems shown at most; ${DEFAULT-VALUE} if not given.")
    int rows;

    @Mixin NodeOptions node = new NodeOptions();

    TopCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        NodeClient client = node.client(around);
        boolean again = true;
        while (again) {
            print(client);
            again = !once && !around.out().checkError();
            if (again) {
                Thread.sleep(Duration.ofSeconds(Math.max(1, intervalSeconds)));
            }
        }
        return ExitCode.OK;
    }

    private void print(NodeClient client) {
        JsonNode status = client.get("/api/status");
        JsonNode systems = client.get("/api/systems").path("systems");
        JsonNode tiers = client.get("/api/channels").path("tiers");
        JsonNode standby = client.get("/api/standby");
        if (json) {
            Map<String, JsonNode> all = new LinkedHashMap<>();
            all.put("status", status);
            all.put("systems", systems);
            all.put("tiers", tiers);
            all.put("standby", standby);
            Json.print(around.out(), all);
            return;
        }
        if (around.terminal() && !once) {
            around.out().print(CLEAR);
        }
        printStatus(client, status);
        printOverload(status.path("overload"));
        printStandby(standby);
        around.out().println();
        printSystems(systems, status.path("budgetMillis").asDouble());
        printTiers(tiers);
    }

    private void printStatus(NodeClient client, JsonNode status) {
        JsonNode millis = status.path("tickMillis");
        around.out()
                .printf(
                        "%s at %s: %s, tick %d at %d Hz, up %s%n",
                        status.path("starSystem").asString(),
                        client.address(),
                        status.path("healthy").asBoolean() ? "healthy" : "NOT HEALTHY",
                        status.path("tick").asLong(),
                        status.path("tickHz").asInt(),
                        uptime(status.path("uptimeSeconds").asLong()));
        around.out()
                .printf(
                        "tick time p50 %.2f  p99 %.2f  max %.2f of %.1f ms, %d over budget%n",
                        millis.path("p50").asDouble(),
                        millis.path("p99").asDouble(),
                        millis.path("max").asDouble(),
                        status.path("budgetMillis").asDouble(),
                        status.path("overruns").asLong());
        around.out()
                .printf(
                        "%d players, %d entities, %d kB/s published%n",
                        status.path("players").asInt(),
                        status.path("entities").asLong(),
                        status.path("bytesPerSecond").asLong() / 1000);
    }

    private void printOverload(JsonNode overload) {
        double timeRate = overload.path("timeRate").asDouble();
        if (overload.path("number").asInt() > 0 || timeRate < 1) {
            around.out()
                    .printf(
                            "OVERLOAD %s, ticks take %d %% of their budget, time runs at %.0f %%%n",
                            overload.path("step").asString(),
                            overload.path("loadPercent").asInt(),
                            100 * timeRate);
        }
    }

    private void printStandby(JsonNode standby) {
        String stage = standby.path("stage").asString();
        if (!stage.equals("none")) {
            around.out()
                    .printf(
                            "standby %s, %d ticks and %d bytes behind, heard %d ms ago%n",
                            stage,
                            standby.path("tick").asLong() - standby.path("verifiedTick").asLong(),
                            standby.path("behindBytes").asLong(),
                            standby.path("silentMillis").asLong());
        }
        String alarm = standby.path("alarm").asString();
        if (!alarm.isEmpty()) {
            around.out().println("STANDBY ALARM " + alarm);
        }
    }

    private void printSystems(JsonNode systems, double budgetMillis) {
        List<JsonNode> sorted = new ArrayList<>();
        systems.forEach(sorted::add);
        sorted.sort(Comparator.comparingDouble(s -> -s.path("p99Micros").asDouble()));
        TextTable table =
                new TextTable("SYSTEM", ">P50 us", ">P99 us", ">MAX us", ">BUDGET", "STATE");
        for (JsonNode system : sorted.subList(0, Math.min(rows, sorted.size()))) {
            double p99 = system.path("p99Micros").asDouble();
            table.row(
                    system.path("name").asString(),
                    "%.0f".formatted(system.path("p50Micros").asDouble()),
                    "%.0f".formatted(p99),
                    "%.0f".formatted(system.path("maxMicros").asDouble()),
                    "%.1f %%".formatted(p99 / 10 / Math.max(budgetMillis, 1e-3)),
                    system.path("quarantined").asBoolean() ? "quarantined" : "");
        }
        table.print(around.out());
        around.out().println();
    }

    private void printTiers(JsonNode tiers) {
        TextTable table = new TextTable("TIER", ">CHANNELS", ">FRAMES", ">kB");
        for (JsonNode tier : tiers) {
            table.row(
                    tier.path("tier").asString(),
                    tier.path("channels").asLong(),
                    tier.path("frames").asLong(),
                    tier.path("bytes").asLong() / 1000);
        }
        table.print(around.out());
        around.out().println();
        around.out().flush();
    }

    private static String uptime(long seconds) {
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
