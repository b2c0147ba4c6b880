package dev.horizon.net.streams;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.FragmentHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Which ways of carrying streams work on this machine, each tried with a real message, all within
 * two seconds. Not for tick threads.
 *
 * @param ipc shared memory
 * @param multicast UDP multicast on the asked interface
 * @param multiDestination one copy to each subscriber, made by the publisher
 * @param unicast UDP to one subscriber
 */
public record TransportSelfTest(Rung ipc, Rung multicast, Rung multiDestination, Rung unicast) {
    private static final int STREAM_ID = 7;
    private static final int MESSAGE_BYTES = 64;

    /** Multi-destination takes a second to connect; all four are tried at the same time. */
    private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_800);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * One way of carrying streams.
     *
     * @param channel what was tried
     * @param works whether a message arrived
     * @param reason why not, or how long it took
     */
    public record Rung(String channel, boolean works, String reason) {}

    /** Tries all; none throws. */
    public static TransportSelfTest run(Aeron aeron, String networkInterface) {
        Attempt ipc = new Attempt("aeron:ipc?term-length=128k", "aeron:ipc");
        int port;
        try {
            port = freePort();
        } catch (IOException e) {
            Rung none = new Rung("aeron:udp", false, "no UDP socket can be opened: " + e);
            return new TransportSelfTest(run(aeron, ipc)[0], none, none, none);
        }
        String group = "aeron:udp?endpoint=224.0.1.251:" + port + "|interface=" + networkInterface;
        String control = "control=127.0.0.1:" + (port + 1) + "|control-mode=dynamic";
        String unicast = "aeron:udp?endpoint=127.0.0.1:" + (port + 2);
        Rung[] rungs =
                run(
                        aeron,
                        ipc,
                        new Attempt(group + "|term-length=128k", group),
                        new Attempt(
                                "aeron:udp?" + control + "|term-length=128k",
                                "aeron:udp?endpoint=127.0.0.1:0|" + control),
                        new Attempt(unicast + "|term-length=128k", unicast));
        return new TransportSelfTest(rungs[0], rungs[1], rungs[2], rungs[3]);
    }

    /** Nothing works, for one reason. */
    public static TransportSelfTest none(String reason) {
        Rung rung = new Rung("", false, reason);
        return new TransportSelfTest(rung, rung, rung, rung);
    }

    /** How one kind fared. */
    public Rung rung(TransportKind kind) {
        return switch (kind) {
            case IPC -> ipc;
            case MULTICAST -> multicast;
            case MULTI_DESTINATION -> multiDestination;
            case UNICAST -> unicast;
        };
    }

    /** The best rung between processes that works, or null where none does. */
    public @Nullable TransportKind bestBetweenProcesses() {
        for (TransportKind kind : TransportKind.values()) {
            if (kind != TransportKind.IPC && rung(kind).works()) {
                return kind;
            }
        }
        return null;
    }

    private static Rung[] run(Aeron aeron, Attempt... attempts) {
        long start = System.nanoTime();
        for (Attempt attempt : attempts) {
            attempt.open(aeron);
        }
        boolean open = true;
        while (open && System.nanoTime() - start < TIMEOUT_NANOS) {
            open = false;
            for (Attempt attempt : attempts) {
                open |= attempt.advance(start);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        Rung[] rungs = new Rung[attempts.length];
        for (int i = 0; i < attempts.length; i++) {
            rungs[i] = attempts[i].result();
        }
        return rungs;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return Math.min(socket.getLocalPort(), (1 << 16) - 3);
        }
    }

    /** One try: open both ends, send once both know each other, wait for the message. */
    private static final class Attempt {
        private final String publicationChannel;
        private final String subscriptionChannel;
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
        private final FragmentHandler onArrival =
                (buffer, offset, length, header) -> arrived = true;
        private @Nullable ExclusivePublication publication;
        private @Nullable Subscription subscription;
        private boolean sent;
        private boolean arrived;
        private String reason = "";

        Attempt(String publicationChannel, String subscriptionChannel) {
            this.publicationChannel = publicationChannel;
            this.subscriptionChannel = subscriptionChannel;
        }

        void open(Aeron aeron) {
            try {
                subscription = aeron.addSubscription(subscriptionChannel, STREAM_ID);
                publication = aeron.addExclusivePublication(publicationChannel, STREAM_ID);
            } catch (AeronException | IllegalArgumentException e) {
                reason = "could not be opened: " + e.getMessage();
            }
        }

        /** False when there is nothing more to wait for. */
        boolean advance(long startNanos) {
            ExclusivePublication to = publication;
            Subscription from = subscription;
            if (arrived || !reason.isEmpty() || to == null || from == null) {
                return false;
            }
            if (!sent && to.isConnected() && from.isConnected()) {
                long position = to.offer(message, 0, MESSAGE_BYTES);
                sent = position > 0;
                if (position == Publication.CLOSED) {
                    reason = "the publication closed";
                }
            }
            if (sent && from.poll(onArrival, 1) > 0) {
                reason =
                        String.format(
                                Locale.ROOT,
                                "a message took %.1f ms",
                                (System.nanoTime() - startNanos) / 1e6);
            }
            return !arrived;
        }

        Rung result() {
            if (reason.isEmpty()) {
                reason =
                        sent
                                ? "a message was sent but did not arrive: a firewall may drop it"
                                : "the two ends did not hear of each other in time: a firewall or"
                                        + " a missing route may drop their packets";
            }
            if (publication != null) {
                publication.close();
            }
            if (subscription != null) {
                subscription.close();
            }
            return new Rung(publicationChannel, arrived, reason);
        }
    }
}
