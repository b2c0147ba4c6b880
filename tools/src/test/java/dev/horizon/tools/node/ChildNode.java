package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.tools.ChildJvm;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.pages.DemoNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small demo node in a process of its own, to be killed. */
final class ChildNode implements AutoCloseable {
    private static final int START_SECONDS_MAX = 180;
    private static final long WATCH_MILLIS = 50;
    private static final int LAST_WORDS_SECONDS = 3;
    private static final int LAST_WORDS = 12;
    private static final String END = "(end of the output)";

    private static final String PLUGINS = "node.plugin-dir=";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Deque<String> faults = new ConcurrentLinkedDeque<>();
    private final URI address;

    private ChildNode(Process process) throws InterruptedException {
        this.process = process;
        // A virtual thread that reads a process holds one of few carriers, as long as that runs.
        Thread.ofPlatform().daemon().start(this::read);
        Thread errors = Thread.ofPlatform().daemon().start(this::readErrors);
        String first = await("address ", START_SECONDS_MAX);
        if (first == null) {
            boolean isSlow = !process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            String threads = isSlow ? threads() : "";
            process.destroyForcibly();
            process.waitFor();
            errors.join(TimeUnit.SECONDS.toMillis(LAST_WORDS_SECONDS));
            throw new IllegalStateException(
                    "the child node did not start: %s; it said %s; %s"
                            .formatted(
                                    isSlow
                                            ? "it still ran"
                                            : "it ended with " + process.exitValue(),
                                    String.join(" | ", faults),
                                    threads));
        }
        address = URI.create(first);
    }

    /** The same with the plugins of a folder instead of the demo's, and further settings. */
    static ChildNode start(Path dataDir, Path plugins, Map<String, String> settings)
            throws IOException, InterruptedException {
        List<String> further = new ArrayList<>(List.of(PLUGINS + plugins));
        settings.forEach((key, value) -> further.add(key + "=" + value));
        return start(dataDir, further.toArray(String[]::new));
    }

    /** Starts a process with this one's class path and flags. */
    static ChildNode start(Path dataDir, String... settings)
            throws IOException, InterruptedException {
        return start(ChildNode.class, dataDir, settings);
    }

    /**
     * The same of another main.
     *
     * @param settings KEY=VALUE each
     */
    static ChildNode start(Class<?> main, Path dataDir, String... settings)
            throws IOException, InterruptedException {
        return under(List.of(), main, dataDir, settings);
    }

    /** The same by a command that ends by being another, as {@code nsenter} does. */
    static ChildNode under(List<String> before, Class<?> main, Path dataDir, String... settings)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(dataDir.toString()));
        arguments.addAll(List.of(settings));
        ProcessBuilder builder =
                new ProcessBuilder(command(before, main, arguments.toArray(String[]::new)));
        return new ChildNode(builder.start());
    }

    /** A command line with this process's class path and flags. */
    static List<String> command(List<String> before, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(ChildJvm.command());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * The child's own main: says where it is, and how many profiles are safe whenever that grows.
     */
    public static void main(String[] args) throws InterruptedException {
        boolean isDemo = Arrays.stream(args).noneMatch(arg -> arg.startsWith(PLUGINS));
        NodeProcess node =
                isDemo
                        ? DemoNode.start(Path.of(args[0]), settings(args))
                        : NodeProcess.start(config(args));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "shutdown"));
        System.out.println("address " + node.address());
        System.out.println("memory " + node.sharedMemory());
        System.out.println("skipped " + node.loop().events().skippedPlugins());
        System.out.println("back " + node.comebackTick() + " " + node.ticksRunAgain());
        Thread.ofPlatform().daemon().start(() -> endWith(node));
        long said = 0;
        while (true) {
            long stored = node.profilesStored();
            if (stored != said) {
                System.out.println("stored " + stored);
                said = stored;
            }
            TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
        }
    }

    static HorizonConfig config(String[] args) {
        List<Setting> settings = new ArrayList<>();
        settings.add(set("node.port", "0"));
        settings.add(set("node.data-dir", args[0]));
        for (int i = 1; i < args.length; i++) {
            String[] keyAndValue = args[i].split("=", 2);
            settings.add(set(keyAndValue[0], keyAndValue[1]));
        }
        Path file = Path.of(args[0], "horizon.toml");
        return ConfigLoader.load(settings, Map.of(), Files.exists(file) ? file : null).config();
    }

    static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }

    /** Waits for its end by itself; its exit code, or -1 when it takes too long. */
    int awaitEnd(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private static void endWith(NodeProcess node) {
        try {
            node.awaitEnd();
        } catch (HorizonException e) {
            System.out.println("ended " + e.code() + " " + e.getMessage());
            System.exit(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those of the command line, and small ones. */
    static Map<String, String> settings(String[] args) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("capture.snapshot-seconds", "1");
        for (String setting : args) {
            int equals = setting.indexOf('=');
            if (equals > 0) {
                settings.put(setting.substring(0, equals), setting.substring(equals + 1));
            }
        }
        return settings;
    }

    URI address() {
        return address;
    }

    /** Logs a player in, again where the profiles are still being opened, as on a busy machine. */
    HorizonClient login(String player, LiveReplica replica) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (true) {
            try {
                String ticket = HorizonClient.ticket(address, player);
                return HorizonClient.connect(address, player, ticket, replica);
            } catch (HorizonException e) {
                if (!e.code().equals("HZ-GW-019") || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /** SIGSTOP: it is there, and does nothing. */
    void pause() throws InterruptedException, IOException {
        signal("-STOP");
    }

    /** SIGCONT. */
    void goOn() throws InterruptedException, IOException {
        signal("-CONT");
    }

    private void signal(String which) throws InterruptedException, IOException {
        String pid = Long.toString(process.pid());
        int code = new ProcessBuilder("kill", which, pid).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("kill " + which + " " + pid + " failed with " + code);
        }
    }

    /** Waits for its end by itself; the exit code. */
    int awaitExit(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the child still runs after " + seconds + " s");
        }
        return process.exitValue();
    }

    /** The rest of the next line that begins so, or null when none comes in time. */
    @Nullable String await(String beginning, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                return null;
            }
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
    }

    /** What its threads do, by SIGQUIT. */
    private String threads() throws InterruptedException {
        lines.clear();
        try {
            signal("-QUIT");
        } catch (IOException e) {
            return e.toString();
        }
        TimeUnit.SECONDS.sleep(LAST_WORDS_SECONDS);
        List<String> dump = new ArrayList<>();
        lines.drainTo(dump);
        return String.join("\n", dump);
    }

    /** Forgets the lines so far. */
    void forget() {
        lines.clear();
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            lines.add(END);
        } catch (IOException e) {
            lines.add("ended " + e);
        }
    }

    /** Passes on what it says of faults, and keeps the last of it. */
    private void readErrors() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                System.err.println(line);
                if (!line.startsWith("\tat ")) {
                    faults.add(line);
                }
                if (faults.size() > LAST_WORDS) {
                    faults.remove();
                }
            }
        } catch (IOException e) {
            faults.add(e.toString());
        }
    }
}
