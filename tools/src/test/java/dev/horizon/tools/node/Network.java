package dev.horizon.tools.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Hosts on one switch, as far as networks go: network namespaces, each with a virtual cable to a
 * bridge in the namespace of this process, to be cut. A second cable on a second bridge is never
 * cut, so that what happens meanwhile can be seen. All of it is gone with this process, which has
 * to run {@link #APART}; none of it needs root.
 */
final class Network implements AutoCloseable {
    /** The command before that of a process that makes one; what it leaves ends with it. */
    static final List<String> APART =
            List.of(
                    "unshare",
                    "--user",
                    "--map-root-user",
                    "--net",
                    "--pid",
                    "--fork",
                    "--kill-child",
                    "--mount-proc");

    private static final String DATA = "10.78.0.";
    private static final String WATCH = "10.78.1.";
    private static final int FIRST_HOST = 2;

    private final Map<String, Host> hosts = new LinkedHashMap<>();

    /** Makes the two bridges, and this process's place at both. */
    Network() throws IOException {
        must("ip", "link", "set", "lo", "up");
        bridge("data", DATA);
        bridge("watch", WATCH);
    }

    private static void bridge(String name, String net) throws IOException {
        must("ip", "link", "add", name, "type", "bridge");
        must("ip", "addr", "add", net + "1/24", "dev", name);
        must("ip", "link", "set", name, "up");
    }

    /** A host of the network: its namespace lives as long as the process that it was made for. */
    record Host(int number, Process holder) {
        /** Where others reach it, unless it is cut off. */
        String address() {
            return DATA + number;
        }

        /** Where this process always reaches it. */
        String watched() {
            return WATCH + number;
        }

        /** The command before that of a process which is to run there. */
        List<String> enter() {
            return List.of("nsenter", "--target", Long.toString(holder.pid()), "--net");
        }

        private String cable() {
            return "data" + number;
        }
    }

    /** Where this process is reached. */
    String address() {
        return DATA + 1;
    }

    /** Another host. */
    Host host(String name) throws IOException {
        Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo; cat").start();
        if (holder.getInputStream().read() < 0) {
            throw new IOException("no namespace for " + name);
        }
        Host host = new Host(FIRST_HOST + hosts.size(), holder);
        hosts.put(name, host);
        in(host, "ip", "link", "set", "lo", "up");
        cable(host, "data", host.address());
        cable(host, "watch", host.watched());
        return host;
    }

    private static void cable(Host host, String bridge, String address) throws IOException {
        String end = bridge + host.number();
        String pid = Long.toString(host.holder().pid());
        must("ip", "link", "add", end, "type", "veth", "peer", "name", bridge, "netns", pid);
        must("ip", "link", "set", end, "master", bridge, "up");
        in(host, "ip", "addr", "add", address + "/24", "dev", bridge);
        in(host, "ip", "link", "set", bridge, "up");
    }

    Host of(String name) {
        return hosts.get(name);
    }

    /** Cuts a host off from all others. */
    void cut(String name) throws IOException {
        must("ip", "link", "set", of(name).cable(), "down");
    }

    /** Two hosts don't hear each other, and all others do. */
    void part(String one, String other) throws IOException {
        isolate(one, "on");
        isolate(other, "on");
    }

    private void isolate(String name, String how) throws IOException {
        must("ip", "link", "set", of(name).cable(), "type", "bridge_slave", "isolated", how);
    }

    /** A host hears nobody, and is heard. */
    void deafen(String name) throws IOException {
        must(shaped(of(name).cable(), "rate", "8bit", "burst", "1", "limit", "1"));
    }

    /**
     * Much of what a host says and hears is dropped: at random, late and out of order where the
     * kernel has netem, else whatever comes faster than a narrow link bears.
     *
     * @return how
     */
    String thin(String name) throws IOException {
        String[] netem = {
            "tc",
            "qdisc",
            "replace",
            "dev",
            of(name).cable(),
            "root",
            "netem",
            "loss",
            "30%",
            "delay",
            "20ms",
            "20ms",
            "reorder",
            "25%"
        };
        if (attempt(List.of(netem)) == null) {
            netem[4] = "data";
            in(of(name), netem);
            return "netem";
        }
        String[] narrow = {"rate", "128kbit", "burst", "3000", "limit", "3000"};
        must(shaped(of(name).cable(), narrow));
        in(of(name), shaped("data", narrow));
        return "tbf";
    }

    private static String[] shaped(String device, String... how) {
        List<String> command = new ArrayList<>(List.of("tc", "qdisc", "replace", "dev", device));
        command.addAll(List.of("root", "tbf"));
        command.addAll(List.of(how));
        return command.toArray(String[]::new);
    }

    /** All is well again. */
    void heal() throws IOException {
        for (Map.Entry<String, Host> each : hosts.entrySet()) {
            Host host = each.getValue();
            isolate(each.getKey(), "off");
            attempt(List.of("tc", "qdisc", "del", "dev", host.cable(), "root"));
            List<String> inside = new ArrayList<>(host.enter());
            inside.addAll(List.of("tc", "qdisc", "del", "dev", "data", "root"));
            attempt(inside);
            must("ip", "link", "set", host.cable(), "up");
        }
    }

    /**
     * Skips the test, saying why, where the kernel gives no namespaces or a command is missing;
     * fails it instead where HORIZON_NAMESPACES is {@code required}.
     */
    static void assumePossible() throws IOException {
        List<String> probe = new ArrayList<>(APART);
        probe.addAll(
                List.of(
                        "sh",
                        "-c",
                        "ip link add hz0 type bridge && ip link add hz1 type veth"
                                + " && tc qdisc add dev hz1 root tbf rate 1mbit burst 3000 limit 3000"
                                + " && unshare --net true"));
        String reason = attempt(probe);
        if (reason != null) {
            String said = "no network namespaces here: " + reason;
            if ("required".equals(System.getenv("HORIZON_NAMESPACES"))) {
                throw new AssertionError(said);
            }
            Assumptions.abort(said);
        }
    }

    private static void in(Host host, String... command) throws IOException {
        List<String> inside = new ArrayList<>(host.enter());
        inside.addAll(List.of(command));
        must(inside.toArray(String[]::new));
    }

    private static void must(String... command) throws IOException {
        String reason = attempt(List.of(command));
        if (reason != null) {
            throw new IOException(String.join(" ", command) + ": " + reason);
        }
    }

    /** Null when it went well, else what it said. */
    private static String attempt(List<String> command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] said = process.getInputStream().readAllBytes();
            return process.waitFor() == 0
                    ? null
                    : "ended with "
                            + process.exitValue()
                            + " "
                            + new String(said, StandardCharsets.UTF_8).strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        hosts.values().forEach(host -> host.holder().destroy());
    }
}
