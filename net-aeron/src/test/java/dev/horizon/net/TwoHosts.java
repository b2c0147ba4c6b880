package dev.horizon.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Two processes, each in a network namespace of its own, joined by one virtual cable: as far as
 * networks go, two machines. Needs no root, for the namespaces belong to a user namespace; they and
 * the cable are gone with the processes.
 */
public final class TwoHosts implements AutoCloseable {
    /** The first host's address. */
    public static final String NEAR = "10.77.0.1";

    /** The second host's. */
    public static final String FAR = "10.77.0.2";

    private static final List<String> UNSHARE = List.of("unshare", "--user", "--map-root-user");

    private final ChildProcess near;
    private final ChildProcess far;

    private TwoHosts(ChildProcess near, ChildProcess far) {
        this.near = near;
        this.far = far;
    }

    /**
     * Skips the test, saying why, where the kernel gives no namespaces or {@code ip} is missing;
     * fails it instead where HORIZON_NAMESPACES is {@code required}.
     */
    public static void assumePossible() throws IOException {
        List<String> probe = new ArrayList<>(UNSHARE);
        probe.addAll(List.of("--net", "ip", "link", "add", "hz0", "type", "veth"));
        String reason = attempt(probe);
        if (reason == null) {
            return;
        }
        String said = "no network namespaces here (`" + String.join(" ", probe) + "`): " + reason;
        if ("required".equals(System.getenv("HORIZON_NAMESPACES"))) {
            throw new AssertionError(said);
        }
        Assumptions.abort(said);
    }

    /** Starts both with a class's main, and lays the cable; each says one line first. */
    public static TwoHosts start(
            Class<?> main, List<String> nearArguments, List<String> farArguments)
            throws IOException {
        List<String> first = new ArrayList<>(UNSHARE);
        first.add("--net");
        ChildProcess near = ChildProcess.under(first, main, nearArguments);
        try {
            near.readLine();
            List<String> second = in(near, "--preserve-credentials", "unshare", "--net");
            ChildProcess far = ChildProcess.under(second, main, farArguments);
            TwoHosts hosts = new TwoHosts(near, far);
            try {
                far.readLine();
                hosts.lay();
                return hosts;
            } catch (IOException | RuntimeException | Error e) {
                far.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            near.close();
            throw e;
        }
    }

    private void lay() throws IOException {
        String farNamespace = Long.toString(far.pid());
        ip(
                near,
                "link",
                "add",
                "hz0",
                "type",
                "veth",
                "peer",
                "name",
                "hz1",
                "netns",
                farNamespace);
        configure(near, "hz0", NEAR);
        configure(far, "hz1", FAR);
    }

    private static void configure(ChildProcess host, String device, String address)
            throws IOException {
        ip(host, "link", "set", "lo", "up");
        ip(host, "addr", "add", address + "/24", "dev", device);
        ip(host, "link", "set", device, "up");
    }

    private static void ip(ChildProcess host, String... arguments) throws IOException {
        List<String> command = in(host, "--preserve-credentials", "ip");
        command.addAll(List.of(arguments));
        String reason = attempt(command);
        if (reason != null) {
            throw new IOException(String.join(" ", command) + ": " + reason);
        }
    }

    private static List<String> in(ChildProcess host, String... what) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("nsenter", "--target", Long.toString(host.pid())));
        command.addAll(List.of("--user", "--net"));
        command.addAll(List.of(what));
        return command;
    }

    /** Null when it went well, else what it said. */
    private static String attempt(List<String> command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : said.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public ChildProcess near() {
        return near;
    }

    public ChildProcess far() {
        return far;
    }

    @Override
    public void close() {
        far.close();
        near.close();
    }
}
