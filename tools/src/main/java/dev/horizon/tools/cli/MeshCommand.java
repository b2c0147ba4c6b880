package dev.horizon.tools.cli;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.mesh.MeshReport;
import dev.horizon.tools.node.MeshOperator;
import java.util.List;
import java.util.Locale;
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
        description =
                "Starts a mesh on this machine; shows nodes, owners and transfers of any mesh, moves entities and regions, and tells it which node is gone.",
        footer = {
            "",
            "Examples:",
            "  horizon mesh up --nodes 3 --gateways 2 --coordinators 3",
            "  horizon mesh status --members 127.0.0.1:41000",
            "  horizon mesh transfer 1:42 --to sol-2 --members 127.0.0.1:41000",
            "  horizon mesh move 1 --to sol-2 --members 127.0.0.1:41000",
            "  horizon mesh drain sol-1 --members 127.0.0.1:41000",
            "  horizon mesh split 1 --members 127.0.0.1:41000",
            "  horizon mesh balance --members 127.0.0.1:41000",
            "  horizon mesh confirm-gone sol-2 --members 127.0.0.1:41000"
        })
final class MeshCommand implements Runnable, VerbGroup {
    private static final int ENDED_SHOWN = 10;
    private static final int TRANSFERS_SHOWN = 100;

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
    public List<Object> verbs() {
        return List.of(new MeshUp(around), new MeshBalance(around));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "mesh needs up, balance, status, transfer, move, drain, split, merge or confirm-gone");
    }

    @Command(
            name = "status",
            description = "Nodes with their health, regions with their owners, transfers.")
    int status(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "One JSON object.") boolean json)
            throws InterruptedException {
        MeshView view;
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            view = operator.view();
        }
        if (json) {
            Json.print(around.out(), MeshReport.asMap(view));
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
                    MeshReport.health(node, view.now()),
                    MeshReport.life(node),
                    node.load().tick(),
                    String.format(Locale.ROOT, "%.2f", node.load().tickMicros() / 1e3),
                    node.load().sessions(),
                    node.load().entities(),
                    node.pages());
        }
        nodes.print(around.out());
        around.out().println();
        TextTable regions = new TextTable("REGION", ">EPOCH", "OWNER", "MOVES TO");
        for (RegionEntry entry : view.regions()) {
            regions.row(
                    entry.region().starSystem() + "/" + entry.region().id(),
                    entry.region().epoch(),
                    MeshReport.owner(view, entry),
                    MeshReport.heir(view, entry));
        }
        regions.print(around.out());
        if (!view.transfers().isEmpty()) {
            around.out().println();
            transfers(view).print(around.out());
        }
        return ExitCode.OK;
    }

    /** The open ones, and the last of those that ended. */
    private static TextTable transfers(MeshView view) {
        TextTable table = new TextTable(">TRANSFER", "ENTITY", "FROM", "TO", "STAGE", ">MS");
        List<TransferEntry> all = view.transfers();
        long ended = all.stream().filter(each -> each.stage().isEnd()).count();
        all.stream()
                .skip(Math.max(0, ended - ENDED_SHOWN))
                .limit(TRANSFERS_SHOWN)
                .forEach(each ->
                        table.row(
                                each.transfer(),
                                new EntityId(each.entity()),
                                MeshReport.name(view, each.source()),
                                MeshReport.name(view, each.destination()),
                                MeshTransfer.stage(each),
                                (each.stage().isEnd() ? each.changedAt() : view.now())
                                        - each.begunAt()));
        return table;
    }

    @Command(
            name = "transfer",
            description = {
                "Moves an entity, with all that rides in it, to another node, and waits for it.",
                "It is on one node at each instant, whatever dies meanwhile."
            })
    int transfer(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "ENTITY", description = "Its id, as in 1:42.") String entity,
            @Option(
                            names = "--to",
                            paramLabel = "NODE",
                            required = true,
                            description = "The name of the node that is to have it.")
                    String to,
            @Option(
                            names = "--from",
                            paramLabel = "NODE",
                            description = "The name of the node that has it; else all are asked.")
                    @Nullable String from,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "30",
                            description = "How long its end is waited for.")
                    long seconds)
            throws InterruptedException {
        EntityId id;
        try {
            id = EntityId.parse(entity);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + entity + "' is no entity id, as 1:42 is one", e);
        }
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            around.out().println(new MeshTransfer(operator).run(id, from, to, seconds));
            around.out().flush();
        }
        return ExitCode.OK;
    }

    @Command(
            name = "move",
            description = {
                "Moves a region, with all that is in it, to another node, and waits for it.",
                "Players go along. To the node that has it: it stays after all."
            })
    int move(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "REGION", description = "Its number.") int region,
            @Option(
                            names = "--to",
                            paramLabel = "NODE",
                            required = true,
                            description = "The name of the node that is to own it.")
                    String to,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "120",
                            description = "How long its end is waited for.")
                    long seconds)
            throws InterruptedException {
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            around.out()
                    .println(new MeshMoves(operator).move(region, options.starSystem, to, seconds));
            around.out().flush();
        }
        return ExitCode.OK;
    }

    @Command(
            name = "drain",
            description = {
                "Moves all regions of a node to one other, and waits until it has nothing and nobody.",
                "For upgrades: stop it then, start it again, and move its region back."
            })
    int drain(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "NODE", description = "Its name.") String name,
            @Option(
                            names = "--to",
                            paramLabel = "NODE",
                            description =
                                    "The name of the node that is to own them; else the one with the fewest entities.")
                    @Nullable String to,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "120",
                            description = "How long it is waited until the node is empty.")
                    long seconds)
            throws InterruptedException {
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            around.out().println(new MeshMoves(operator).drain(name, to, seconds));
            around.out().flush();
        }
        return ExitCode.OK;
    }

    @Command(
            name = "split",
            description = {
                "Cuts a region in two, through the middle of its load, or where it is said.",
                "Its node has both parts; 'mesh move' gives one of them to another."
            })
    int split(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "REGION", description = "Its number.") int region,
            @Option(
                            names = "--axis",
                            paramLabel = "x|y|z",
                            description =
                                    "Across which; else the one across which the fewest are seen.")
                    @Nullable String axis,
            @Option(
                            names = "--at",
                            paramLabel = "METRES",
                            description =
                                    "Where; else at the median of its load, or near it between groups.")
                    @Nullable Double at,
            @Option(
                            names = "--slack",
                            paramLabel = "PERCENT",
                            defaultValue = "10",
                            description =
                                    "Of the load that a part may be off its half, so that groups stay together; ${DEFAULT-VALUE}.")
                    int slack)
            throws InterruptedException {
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            around.out()
                    .println(
                            new MeshSplit(operator, slack)
                                    .run(region, options.starSystem, axis, at));
            around.out().flush();
        }
        return ExitCode.OK;
    }

    @Command(
            name = "merge",
            description = "Puts a part that a split made back in a region of the same node.")
    int merge(
            @Mixin ConfigOptions options,
            @Parameters(index = "0", paramLabel = "REGION", description = "Its number.") int region,
            @Parameters(index = "1", paramLabel = "PART", description = "That of the part.")
                    int part)
            throws InterruptedException {
        try (MeshOperator operator = MeshOperator.connect(config(options))) {
            MeshView view = operator.view();
            around.out()
                    .println(
                            operator.merge(
                                    MeshMoves.region(view, region, options.starSystem),
                                    MeshMoves.region(view, part, options.starSystem)));
            around.out().flush();
        }
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
                            .orElseThrow(() -> MeshTransfer.unknown(name));
            around.out().println(operator.confirmGone(node));
            around.out().flush();
        }
        return ExitCode.OK;
    }

    HorizonConfig config(ConfigOptions options) {
        options.also("--members", "mesh.coordinators", members);
        options.also("--key-file", "mesh.key-file", keyFile);
        return options.load(around.environment()).config();
    }
}
