package dev.horizon.tools.soak;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.protocol.TransferEntry;
import dev.horizon.net.client.Trust;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.line.LineAddress;
import dev.horizon.tools.mesh.FreePorts;
import dev.horizon.tools.mesh.LocalMesh;
import dev.horizon.tools.mesh.MeshHistory;
import dev.horizon.tools.mesh.MeshLayout;
import dev.horizon.tools.mesh.MeshPart;
import dev.horizon.tools.soak.bots.TicketSource;
import dev.horizon.tools.soak.plan.MeshPlan;
import dev.horizon.tools.soak.plan.PlanFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A mesh of processes of its own, with the plan's settings: what {@code horizon mesh up} makes. */
final class StartedMesh implements Soaked {
    /** Of everything that it writes, in the soak's folder. */
    static final String FOLDER = "mesh";

    private static final long START_SECONDS_MAX = 120;
    private static final long POLL_MILLIS = 100;

    private final PlanFile plan;
    private final MeshLayout layout;
    private final LocalMesh mesh;
    private final List<ErrorLog> logs;
    private final List<NodeReader> doors;
    private Set<Long> ended = Set.of();

    /**
     * Starts it, and waits until players can come.
     *
     * @param launcher makes the process of the verb and arguments that it is given
     * @param folder of the soak
     * @throws HorizonException HZ-SOAK-002 when it doesn't come up
     */
    StartedMesh(Function<List<String>, ProcessBuilder> launcher, Path folder, PlanFile plan)
            throws IOException, InterruptedException {
        this.plan = plan;
        Path home = folder.resolve(FOLDER);
        layout = plan.plan().mesh().layout(home, FreePorts.inRow(home, MeshLayout.PORTS));
        logs =
                layout.parts().stream()
                        .map(part -> new ErrorLog(home.resolve(part.name() + ".log")))
                        .toList();
        mesh =
                LocalMesh.start(
                        layout,
                        plan.flags(),
                        arguments -> withHeap(launcher.apply(arguments), arguments),
                        new MeshHistory(event -> {}));
        doors = entrances().stream().map(each -> new NodeReader(each, trust())).toList();
        try {
            awaitStart();
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private ProcessBuilder withHeap(ProcessBuilder builder, List<String> arguments) {
        if (arguments.getFirst().equals(MeshPart.Role.NODE.verb())) {
            builder.environment().put("HORIZON_HEAP", plan.plan().heap());
        }
        return builder;
    }

    private void awaitStart() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (!(isUp() && mesh.view().nodes().size() == nodes().size())) {
            if (mesh.ends() > 0 || System.nanoTime() > end) {
                throw new HorizonException(
                        "HZ-SOAK-002",
                        "the mesh was not up in %d s, or a process of it ended; what each said is in %s"
                                .formatted(START_SECONDS_MAX, layout.folder().resolve("*.log")));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    @Override
    public String text() {
        String by = entrances().stream().map(URI::toString).collect(Collectors.joining(", "));
        return plan.plan().mesh().text() + "; players by " + by;
    }

    @Override
    public List<URI> entrances() {
        return layout.parts().stream()
                .filter(part -> part.role() == MeshPart.Role.GATEWAY)
                .map(part -> URI.create(part.address()))
                .toList();
    }

    @Override
    public Trust trust() {
        return Trust.standard();
    }

    @Override
    public @Nullable LineAddress aeron() {
        return null;
    }

    @Override
    public TicketSource tickets() {
        return Tickets.signedBy(TicketKey.read(false, layout.ticketKeyFile()));
    }

    @Override
    public List<NodeAt> nodes() {
        List<NodeAt> nodes = new ArrayList<>();
        for (MeshPart part : layout.parts()) {
            if (part.role() == MeshPart.Role.NODE) {
                nodes.add(
                        new NodeAt(
                                part.name(),
                                layout.starSystemOf(nodes.size()),
                                URI.create(part.address()),
                                layout.folder().resolve(part.name())));
            }
        }
        return nodes;
    }

    @Override
    public List<URI> gateways() {
        return entrances();
    }

    @Override
    public Transfers takeTransfers() {
        Set<Long> now = new HashSet<>();
        int done = 0;
        int reversed = 0;
        for (TransferEntry entry : mesh.view().transfers()) {
            if (entry.stage().isEnd() && now.add(entry.transfer())) {
                boolean isNew = !ended.contains(entry.transfer());
                done += isNew && entry.stage() == TransferEntry.Stage.DONE ? 1 : 0;
                reversed += isNew && entry.stage() == TransferEntry.Stage.REVERSED ? 1 : 0;
            }
        }
        ended = now;
        return new Transfers(done, reversed);
    }

    @Override
    public int errors() {
        return logs.stream().mapToInt(ErrorLog::count).sum();
    }

    @Override
    public List<String> errorLines(int most) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ErrorLog log : logs) {
            lines.addAll(log.lines(most - lines.size()));
        }
        return lines;
    }

    @Override
    public boolean isAsItShouldBe() {
        return mesh.ends() == 0;
    }

    @Override
    public boolean isUp() {
        return mesh.isUp() && doors.stream().allMatch(NodeReader::isWell);
    }

    @Override
    public boolean awaitAnswer(String process, long millisMax) throws InterruptedException {
        return !is(process, MeshPart.Role.COORDINATOR) || mesh.awaitAnswer(millisMax);
    }

    @Override
    public String resolve(String process) {
        return process.equals(MeshPlan.LEADER) ? mesh.leader() : process;
    }

    /** A gateway alone: players stay while nodes and the coordinator are away. */
    @Override
    public boolean holdsPlayers(String process) {
        return is(process, MeshPart.Role.GATEWAY);
    }

    private boolean is(String process, MeshPart.Role role) {
        return layout.parts().stream()
                .anyMatch(part -> part.role() == role && part.name().equals(process));
    }

    @Override
    public void kill(String process) throws InterruptedException {
        mesh.kill(process);
    }

    @Override
    public void startAgain(String process) throws IOException {
        mesh.startAgain(process);
    }

    @Override
    public void pause(String process) throws IOException, InterruptedException {
        Signals.pause(mesh.pid(process));
    }

    @Override
    public void goOn(String process) throws IOException, InterruptedException {
        Signals.goOn(mesh.pid(process));
    }

    @Override
    public void close() {
        doors.forEach(NodeReader::close);
        mesh.close();
    }
}
