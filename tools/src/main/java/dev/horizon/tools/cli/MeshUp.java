package dev.horizon.tools.cli;

import dev.horizon.tools.mesh.FreePorts;
import dev.horizon.tools.mesh.LocalMesh;
import dev.horizon.tools.mesh.MeshHistory;
import dev.horizon.tools.mesh.MeshLayout;
import dev.horizon.tools.mesh.MeshPart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code horizon mesh up}: a mesh on this machine. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a mesh of processes on this machine: members of the coordinator, nodes that"
                    + " share",
            "one star system, gateways; and a page for all of it. A process that ends is started"
                    + " again.",
            "Runs until it is told to stop, and ends them all then."
        },
        footer = {
            "",
            "The folder has a TOML file, a log and a data folder for each process, and the keys"
                    + " that",
            "they share. A later start with the same folder goes on with its worlds.",
            "",
            "Examples:",
            "  horizon mesh up",
            "  horizon mesh up --nodes 2 --gateways 1 --coordinators 1 --port 0",
            "  horizon mesh up --nodes 2 --systems vega",
            "  horizon mesh up --radius 700000 --set plugins.sol.ships=200 --set"
                    + " plugins.sol.objects=800"
        })
final class MeshUp implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Surroundings around;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "1 to 16; ${DEFAULT-VALUE}.")
    int nodes;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            defaultValue = "2",
            description = "0 to 16; ${DEFAULT-VALUE}.")
    int gateways;

    @Option(
            names = "--coordinators",
            paramLabel = "N",
            defaultValue = "3",
            description = "Members: 1, or 3 or 5 where one or two may die; ${DEFAULT-VALUE}.")
    int coordinators;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".horizon/mesh",
            description = "Folder of everything that it writes; ${DEFAULT-VALUE}.")
    Path folder = Path.of("");

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "8420",
            description =
                    "Of the page; the other processes use those behind it, up to 200. 0 takes free"
                            + " ones. ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--star-system",
            paramLabel = "NAME",
            defaultValue = "sol",
            description = "Its name; ${DEFAULT-VALUE}.")
    String starSystem = "";

    @Option(
            names = "--systems",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Further star systems, each with a node of its own; gates lead from each to the"
                            + " next.")
    List<String> systems = new ArrayList<>();

    @Option(
            names = "--radius",
            paramLabel = "METRES",
            defaultValue = "1500000",
            description =
                    "Of the ring of which each node has an equal share, as of the demo's belt;"
                            + " ${DEFAULT-VALUE}.")
    double radius;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "Sets any key for all processes, as in --set plugins.sol.ships=500.")
    List<String> settings = new ArrayList<>();

    @ParentCommand @Nullable MeshCommand mesh;

    @Spec CommandSpec spec;

    MeshUp(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        MeshCommand given = mesh;
        if (given != null && (given.members != null || given.keyFile != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "mesh up makes members and key itself: --members and --key-file are of a mesh"
                            + " that runs");
        }
        int first = port == 0 ? FreePorts.inRow(folder, MeshLayout.PORTS) : port;
        MeshLayout layout =
                new MeshLayout(
                        folder,
                        Stream.concat(Stream.of(starSystem), systems.stream()).toList(),
                        nodes,
                        gateways,
                        coordinators,
                        first,
                        radius);
        try (LocalMesh mesh =
                LocalMesh.start(
                        layout, settings, SourceBuild::launched, new MeshHistory(this::tell))) {
            announce(mesh);
            mesh.awaitEnd();
        }
        return ExitCode.OK;
    }

    private void announce(LocalMesh mesh) {
        MeshLayout layout = mesh.layout();
        PrintWriter out = around.out();
        out.println("mesh      " + mesh.page());
        for (MeshPart part : layout.parts()) {
            String address = part.address().isEmpty() ? "" : "at " + part.address();
            out.printf("  %-16s%s%n", part.name(), address);
        }
        out.println("data      " + layout.folder());
        out.printf(
                "operate   ./horizon mesh status --members %s --key-file %s%n",
                String.join(",", layout.members()), layout.keyFile());
        if (around.terminal()) {
            out.println("Control-C stops all of it.");
        }
        out.flush();
    }

    private void tell(MeshHistory.Event event) {
        LocalTime at =
                LocalTime.ofInstant(Instant.ofEpochMilli(event.at()), ZoneId.systemDefault());
        around.out().printf("%s  %-16s %s%n", TIME.format(at), event.who(), event.text());
        around.out().flush();
    }
}
