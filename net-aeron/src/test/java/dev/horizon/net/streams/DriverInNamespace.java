package dev.horizon.net.streams;

import dev.horizon.net.ChildProcess;
import io.aeron.driver.MediaDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A media driver in a process of its own, whose sockets are in the process's network namespace. It
 * starts once it is told that its network is there, and loses what it is told to lose.
 */
final class DriverInNamespace {
    static final String START = "start";

    private static final long NETWORK_NANOS_MAX = 10_000_000_000L;

    private DriverInNamespace() {}

    public static void main(String[] arguments) throws IOException {
        LossyReceiver loss = new LossyReceiver(Long.parseLong(arguments[1]));
        ChildProcess.say("here");
        try (BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            if (!START.equals(orders.readLine())) {
                return;
            }
            awaitNetwork();
            try (MediaDriver driver =
                    MediaDriver.launch(loss.in(LossyReceiver.driver(arguments[0])))) {
                ChildProcess.say("started");
                for (String rate = orders.readLine(); rate != null; rate = orders.readLine()) {
                    loss.rate(Double.parseDouble(rate));
                    ChildProcess.say(Long.toString(loss.dropped()));
                }
            }
        }
    }

    /** A cable that was just laid carries nothing for a moment. */
    private static void awaitNetwork() throws SocketException {
        long deadline = System.nanoTime() + NETWORK_NANOS_MAX;
        while (NetworkInterface.networkInterfaces().noneMatch(DriverInNamespace::isUp)) {
            if (System.nanoTime() > deadline) {
                throw new SocketException("no network but loopback came up");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp() && !each.isLoopback();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
