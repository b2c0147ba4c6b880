package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.coordinator.Health;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.node.MeshOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code horizon mesh}: what the coordinator knows, and what only a person can tell it. */
@Command(
        name = "mesh",
        mixinStandardHelpOptions = true,
        description = "Shows nodes, owners and epochs of a mesh, and tells it which node is gone.",
        footer = {
            "",
            "Examples:",
            "  horizon mesh status --members 127.0.0.1:41000",
            "  horizon mesh confirm-gone sol-2 --members 127.0.0.1:41000"
        })
final class MeshCommand implements Runnable {
    private final Surroundings around;

    @Option(
            names = "--members",
            paramLabel = "HOST:PORT,...",
            scope = ScopeType.INHERIT,
            description = "mesh.coordinators: all members of the coordinator")
    @Nullable String members;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "mesh.key-file: the secret that the mesh shares")
    @Nullable String keyFile;

    @Spec CommandSpec spec;

    MeshCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "mesh needs status or confirm-gone");
    }

    @Command(name = "status", description = "Nodes with their health, regions with their owners.")
    int status(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "One JSON object.") boolean json)
            throws InterruptedException {
        MeshView view;
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            view = operator.view();
        }
        if (json) {
            Json.print(around.out(), asMap(view));
            return ExitCode.OK;
        }
        TextTable nodes =
                new TextTable(
                        "NODE",
                        "STAR SYSTEM",
                        "HEALTH",
                        ">LIFE",
                        ">TICK",
                        ">TICK ms",
                        ">PLAYERS",
                        ">ENTITIES",
                        "PAGES");
        for (NodeEntry node : view.nodes()) {
            nodes.row(
                    node.name(),
                    node.starSystem(),
                    health(node, view.now()),
                    node.life(),
                    node.load().tick(),
                    String.format(Locale.ROOT, "%.2f", node.load().tickMicros() / 1e3),
                    node.load().sessions(),
                    node.load().entities(),
                    node.pages());
        }
        nodes.print(around.out());
        around.out().println();
        TextTable regions = new TextTable("REGION", ">EPOCH", "OWNER");
        for (RegionEntry entry : view.regions()) {
            regions.row(
                    entry.region().starSystem() + "/" + entry.region().id(),
                    entry.region().epoch(),
                    owner(view, entry));
        }
        regions.print(around.out());
        return ExitCode.OK;
    }

    @Command(
            name = "confirm-gone",
            description = {
                "Vouches that a node's process has ended, so that others may own its regions.",
                "Make sure of it: a node that still ticks unheard would then not be the only one."
            })
    int confirmGone(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "NODE", description = "Its name.") String name)
            throws InterruptedException {
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            NodeEntry node =
                    operator.view().nodes().stream()
                            .filter(each -> each.name().equals(name))
                            .filter(each -> each.presence() == Presence.PRESENT)
                            .findFirst()
                            .orElseThrow(() ->
                                    new HorizonException(
                                            "HZ-MESH-014",
                                            "the mesh has no node "
                                                    + name
                                                    + " that may tick; 'horizon mesh"
                                                    + " status' lists them"));
            around.out().println(operator.confirmGone(node));
            around.out().flush();
        }
        return ExitCode.OK;
    }

    private HorizonConfig config(ConfigOptions options) {
        options.also("--members", "mesh.coordinators", members);
        options.also("--key-file", "mesh.key-file", keyFile);
        return options.load(around.environment()).config();
    }

    private static Map<String, Object> asMap(MeshView view) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (NodeEntry node : view.nodes()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("node", node.name());
            row.put("starSystem", node.starSystem());
            row.put("health", health(node, view.now()));
            row.put("life", node.life());
            row.put("block", node.block());
            row.put("address", node.address());
            row.put("pages", node.pages());
            row.put("heardMillisAgo", view.now() - node.heardAt());
            row.put("load", node.load());
            nodes.add(row);
        }
        List<Map<String, Object>> regions = new ArrayList<>();
        for (RegionEntry entry : view.regions()) {
            Region region = entry.region();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("starSystem", region.starSystem());
            row.put("region", region.id());
            row.put("epoch", region.epoch());
            row.put("owner", owner(view, entry));
            row.put("min", List.of(region.minX(), region.minY(), region.minZ()));
            row.put("max", List.of(region.maxX(), region.maxY(), region.maxZ()));
            regions.add(row);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("nodes", nodes);
        all.put("regions", regions);
        return all;
    }

    private static String health(NodeEntry node, long now) {
        return Health.of(node, now).name().toLowerCase(Locale.ROOT);
    }

    private static String owner(MeshView view, RegionEntry entry) {
        if (entry.owner() == 0) {
            return "nobody";
        }
        return view.nodes().stream()
                .filter(node -> node.home() == entry.owner())
                .map(NodeEntry::name)
                .findFirst()
                .orElse("unknown");
    }
}
