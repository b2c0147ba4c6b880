package dev.horizon.tools.soak;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.Trust;
import dev.horizon.net.line.LineAddress;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.soak.bots.TicketSource;
import dev.horizon.tools.soak.plan.PlanFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code horizon up} in a process of its own, with the plan's settings and a folder of its own. */
final class StartedNode implements NodeAlone {
    private static final Pattern ADDRESS = Pattern.compile("star map +(https?://[^/\\s]+)");
    private static final long END_SECONDS_MAX = 30;

    /** After Control-C nobody likes to wait. */
    private static final long SIGNALLED_SECONDS_MAX = 8;

    private static final String AERON = "gateway.aeron";

    /** As many as a gateway takes at all. */
    private static final int AERON_CLIENTS_MAX = 500;

    private static final int PORTS_TRIED_MAX = 100;

    private final Function<List<String>, ProcessBuilder> launcher;
    private final Path folder;
    private final PlanFile plan;
    private final String ticketKey;
    private final ErrorLog errorLog;
    private final Thread onExit = new Thread(this::endNow, "soak-stopping");
    private @Nullable Process process;
    private final @Nullable LineAddress aeron;
    private URI address = URI.create("");
    private boolean isWanted;

    /**
     * Starts it.
     *
     * @param launcher makes the process of the verb and arguments that it is given
     * @param folder for its data and its log
     * @param ticketKey in base64
     * @throws HorizonException HZ-SOAK-002 when it doesn't come up
     */
    StartedNode(
            Function<List<String>, ProcessBuilder> launcher,
            Path folder,
            PlanFile plan,
            String ticketKey)
            throws IOException, InterruptedException {
        this.launcher = launcher;
        this.folder = folder;
        this.plan = plan;
        this.ticketKey = ticketKey;
        this.errorLog = new ErrorLog(log());
        this.aeron = plan.plan().aeronShare() > 0 ? aeronOf(plan) : null;
        Runtime.getRuntime().addShutdownHook(onExit);
        startAgain("");
    }

    @Override
    public void startAgain(String which) throws IOException, InterruptedException {
        int port = address.getHost() == null ? 0 : address.getPort();
        ProcessBuilder builder = launcher.apply(arguments(port));
        builder.environment().keySet().removeIf(name -> name.matches("HORIZON_[A-Z0-9_]*__.*"));
        builder.environment().put("HORIZON_GATEWAY__TICKET_KEY", ticketKey);
        builder.environment().put("HORIZON_HEAP", plan.plan().heap());
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        builder.directory(folder.toFile());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Process started = builder.start();
        process = started;
        isWanted = true;
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        URI found = null;
        for (String line = out.readLine(); line != null && found == null; line = out.readLine()) {
            note(line);
            Matcher matcher = ADDRESS.matcher(line);
            found = matcher.find() ? URI.create(matcher.group(1)) : null;
        }
        if (found == null) {
            isWanted = false;
            throw new HorizonException(
                    "HZ-SOAK-002",
                    "the node ended with "
                            + started.waitFor()
                            + " before players could connect; what it said is in "
                            + log());
        }
        address = found;
        // A virtual thread that reads a process holds one of few carriers, as long as that runs.
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(this::note));
    }

    /** Where the plan says, or two ports that are free now: known before it starts. */
    private static LineAddress aeronOf(PlanFile plan) throws IOException {
        for (Setting setting : plan.settings()) {
            if (setting.path().equals(AERON)) {
                return LineAddress.parse(AERON, String.valueOf(setting.value()));
            }
        }
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; ; i++) {
            try (DatagramSocket first = new DatagramSocket(0, loopback);
                    DatagramSocket second =
                            new DatagramSocket(first.getLocalPort() + 1, loopback)) {
                return new LineAddress(loopback.getHostAddress(), second.getLocalPort() - 1);
            } catch (SocketException e) {
                if (i == PORTS_TRIED_MAX) {
                    throw e;
                }
            }
        }
    }

    private List<String> arguments(int port) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--config",
                                "/dev/null",
                                "--port",
                                Integer.toString(port),
                                "--data-dir",
                                dataDir().toString()));
        LineAddress lines = aeron;
        if (lines != null) {
            arguments.addAll(
                    List.of(
                            "--set",
                            AERON + "=" + lines.host() + ":" + lines.port(),
                            "--set",
                            "gateway.aeron-clients-max=" + AERON_CLIENTS_MAX));
        }
        for (String flag : plan.flags()) {
            arguments.addAll(List.of("--set", flag));
        }
        return arguments;
    }

    private void note(String line) {
        try {
            Files.writeString(
                    log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("node.log");
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public Trust trust() {
        return plan.settings().stream()
                .filter(setting -> setting.path().equals("gateway.tls-certificate"))
                .map(setting -> Trust.of(folder.resolve(String.valueOf(setting.value()))))
                .findFirst()
                .orElseGet(Trust::standard);
    }

    @Override
    public @Nullable LineAddress aeron() {
        return aeron;
    }

    @Override
    public TicketSource tickets() {
        return Tickets.signedBy(ticketKey);
    }

    @Override
    public Path dataDir() {
        return folder.resolve("data");
    }

    @Override
    public int errors() {
        return errorLog.count();
    }

    @Override
    public List<String> errorLines(int most) throws IOException {
        return errorLog.lines(most);
    }

    @Override
    public boolean isAsItShouldBe() {
        Process now = process;
        return !isWanted || now != null && now.isAlive();
    }

    @Override
    public void kill(String which) throws InterruptedException {
        isWanted = false;
        Process now = process;
        if (now != null) {
            now.destroyForcibly();
            now.waitFor();
        }
    }

    @Override
    public void pause(String which) throws IOException, InterruptedException {
        Process now = process;
        if (now != null) {
            Signals.pause(now.pid());
        }
    }

    @Override
    public void goOn(String which) throws IOException, InterruptedException {
        Process now = process;
        if (now != null) {
            Signals.goOn(now.pid());
        }
    }

    /** The virtual machine ends: in order, where that takes moments; also one that is paused. */
    private void endNow() {
        Process now = process;
        if (now == null) {
            return;
        }
        isWanted = false;
        try {
            goOn("");
            now.destroy();
            if (!now.waitFor(SIGNALLED_SECONDS_MAX, TimeUnit.SECONDS)) {
                now.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            now.destroyForcibly();
        }
    }

    /** An end in order; not in time, by force. */
    @Override
    public void close() {
        isWanted = false;
        Process now = process;
        if (now == null) {
            return;
        }
        try {
            now.destroy();
            if (!now.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                now.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (InterruptedException e) {
            now.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The virtual machine is on its way out, and the hook has run.
        }
    }
}
