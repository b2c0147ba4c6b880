package dev.horizon.tools.mesh;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.net.gateway.PageServer;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.node.MeshOperator;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.CloseHelper;

/**
 * A mesh of processes on this machine: started, watched, started again when they end, and ended
 * with it. One folder has one at a time. Started and closed by one thread; everything else may be
 * called by any.
 */
public final class LocalMesh implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final long ASK_MILLIS = 50;

    /** How long the page waits for the coordinator's answer. */
    private static final int ANSWER_SECONDS = 5;

    private static final long END_MILLIS_MAX = TimeUnit.SECONDS.toMillis(15);

    private final MeshLayout layout;
    private final MeshHistory history;
    private final List<MeshProcess> processes;
    private final MeshOperator operator;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread onExit = new Thread(this::endAll, "mesh-ending");
    private final Thread keeper = Thread.ofPlatform().name("mesh-keeper").unstarted(this::keep);
    private final MeshWatch watch;
    private final PageServer pages;

    private LocalMesh(
            MeshLayout layout,
            List<String> settings,
            Function<List<String>, ProcessBuilder> launcher,
            MeshHistory history)
            throws IOException, InterruptedException {
        this.layout = layout;
        this.history = history;
        processes =
                layout.parts().stream()
                        .map(part ->
                                new MeshProcess(
                                        part,
                                        layout.folder(),
                                        arguments(part, settings),
                                        launcher,
                                        history))
                        .toList();
        new MeshFiles(layout).write();
        // Its lock is the mesh's: another command on this folder ends here.
        operator = MeshOperator.at(layout.folder().resolve("operator"), config(layout));
        try {
            for (String name : new Leftovers(layout.folder()).end()) {
                history.add(name, "of a mesh that was killed is ended");
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            operator.close();
            throw e;
        }
        watch = MeshWatch.start(operator, history);
        try {
            pages =
                    PageServer.start(
                            layout.port(),
                            new MeshPage(this).routes(),
                            Map.of("/", "pages/"),
                            LocalMesh.class.getClassLoader());
        } catch (RuntimeException e) {
            watch.close();
            operator.close();
            throw e;
        }
    }

    /**
     * Starts all processes, and returns at once.
     *
     * @param settings KEY=VALUE each, for all of them
     * @param launcher makes the process of the verb and arguments that it is given
     * @throws HorizonException HZ-ENV-011 while another mesh has the folder, HZ-GW-001 when the
     *     page's port is taken
     */
    public static LocalMesh start(
            MeshLayout layout,
            List<String> settings,
            Function<List<String>, ProcessBuilder> launcher,
            MeshHistory history)
            throws IOException, InterruptedException {
        LocalMesh mesh = new LocalMesh(layout, settings, launcher, history);
        Runtime.getRuntime().addShutdownHook(mesh.onExit);
        try {
            for (MeshProcess process : mesh.processes) {
                process.start();
            }
            mesh.keeper.start();
            return mesh;
        } catch (IOException | RuntimeException | Error e) {
            mesh.close();
            throw e;
        }
    }

    private static List<String> arguments(MeshPart part, List<String> settings) {
        List<String> arguments =
                new ArrayList<>(List.of(part.role().verb(), "--config", part.config().toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return arguments;
    }

    private static HorizonConfig config(MeshLayout layout) {
        return ConfigLoader.load(
                        List.of(
                                set("mesh.coordinators", String.join(",", layout.members())),
                                set("mesh.key-file", layout.keyFile().toString()),
                                set("mesh.join-timeout", ANSWER_SECONDS + "s")),
                        Map.of(),
                        null)
                .config();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("mesh up"));
    }

    private void keep() {
        try {
            while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                for (MeshProcess process : processes) {
                    look(process);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(MeshProcess process) {
        try {
            process.look();
        } catch (IOException e) {
            history.add(process.part().name(), "can't be started: " + e.getMessage());
        }
    }

    /** What it is made of. */
    public MeshLayout layout() {
        return layout;
    }

    /** Where its page is. */
    public URI page() {
        return pages.address().resolve("mesh.html");
    }

    /** What happened in it. */
    public MeshHistory history() {
        return history;
    }

    /** What the coordinator said last. */
    public MeshView view() {
        return watch.heard().view();
    }

    /** Waits until the coordinator answers what it is asked from now on; false when it doesn't. */
    public boolean awaitAnswer(long millisMax) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        // Of two answers the second was asked for after the first had come.
        for (int answers = 0; answers < 2; ) {
            MeshWatch.Heard before = heard();
            while (heard() == before) {
                if (System.nanoTime() > end) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(ASK_MILLIS);
            }
            answers += heard().trouble().isEmpty() ? 1 : 0;
        }
        return true;
    }

    MeshWatch.Heard heard() {
        return watch.heard();
    }

    List<MeshProcess.Status> statuses() {
        return processes.stream().map(MeshProcess::status).toList();
    }

    /** True once each process has said that others can reach it. */
    public boolean isUp() {
        return statuses().stream().allMatch(each -> each.state() == MeshProcess.State.UP);
    }

    /** How often processes ended though nobody asked them to. */
    public int ends() {
        return statuses().stream().mapToInt(MeshProcess.Status::ends).sum();
    }

    /** The name of the coordinator's leader, as far as is known. */
    public String leader() {
        return MeshLayout.member(Math.max(0, heard().leader()));
    }

    /**
     * kill -9 of a process, which stays away until {@link #startAgain}.
     *
     * @param name as in the layout's parts
     */
    public void kill(String name) throws InterruptedException {
        named(name).kill();
    }

    /** Starts a process that was killed. */
    public void startAgain(String name) throws IOException {
        named(name).startAgain();
    }

    /** The number of a process; 0 while it has none. */
    public long pid(String name) {
        return named(name).status().pid();
    }

    private MeshProcess named(String name) {
        return processes.stream()
                .filter(each -> each.part().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no process is named " + name));
    }

    /** Waits until it is closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Gateways first, which say goodbye to players; members of the coordinator last. */
    private void endAll() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        try {
            keeper.join();
            MeshPart.Role[] roles = MeshPart.Role.values();
            for (int i = roles.length - 1; i >= 0; i--) {
                MeshPart.Role role = roles[i];
                List<MeshProcess> ending =
                        processes.stream().filter(each -> each.part().role() == role).toList();
                ending.forEach(MeshProcess::tellToEnd);
                for (MeshProcess each : ending) {
                    each.awaitEnd(END_MILLIS_MAX);
                }
            }
            watch.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CloseHelper.quietCloseAll(pages, operator);
        ended.countDown();
    }

    @Override
    public void close() {
        endAll();
        try {
            ended.await();
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The virtual machine is on its way out, and the hook has run.
        }
    }
}
