package dev.horizon.perf.tape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node or a standby in a process of the launcher, and what that prints. The launcher becomes the
 * node, so its process is the one to kill.
 */
public final class LaunchedNode implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("http://[^/\\s]+");
    private static final Pattern BACK = Pattern.compile("goes on from tick (\\d+), after (\\d+)");

    private final Process process;
    private @Nullable URI address;
    private double seconds;
    private @Nullable Comeback comeback;
    private boolean hasEnded;

    /**
     * Where it went on.
     *
     * @param tick the last of the life before
     * @param ticksRunAgain to get there
     */
    record Comeback(long tick, long ticksRunAgain) {}

    private LaunchedNode(Process process) {
        this.process = process;
    }

    /**
     * Starts it, and waits until it prints its address, or ends without.
     *
     * @param verb with its arguments
     */
    public static LaunchedNode start(Path launcher, String... verb)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(verb));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        long began = System.nanoTime();
        LaunchedNode node = new LaunchedNode(builder.start());
        Thread.ofPlatform().daemon().name("output").start(node::read);
        node.awaitAddress();
        node.seconds = (System.nanoTime() - began) / 1e9;
        return node;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                read(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
        synchronized (this) {
            hasEnded = true;
            notifyAll();
        }
    }

    private synchronized void read(String line) {
        Matcher back = BACK.matcher(line);
        if (back.find()) {
            comeback = new Comeback(Long.parseLong(back.group(1)), Long.parseLong(back.group(2)));
        }
        Matcher found = ADDRESS.matcher(line);
        if (address == null && found.find()) {
            address = URI.create(found.group());
        }
        notifyAll();
    }

    private synchronized void awaitAddress() throws InterruptedException {
        while (address == null && !hasEnded) {
            wait();
        }
    }

    /** Where players find it; null when it ended without saying so. */
    public synchronized @Nullable URI address() {
        return address;
    }

    /** From its start until it said where it is. */
    double seconds() {
        return seconds;
    }

    /** Where it went on; null for a world that it began. */
    synchronized @Nullable Comeback comeback() {
        return comeback;
    }

    /** Waits until it says where it went on; null when it ended, or takes too long. */
    synchronized @Nullable Comeback awaitComeback() throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (comeback == null && !hasEnded && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
        }
        return comeback;
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it in order. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
