package dev.horizon.mesh.cluster;

import dev.horizon.mesh.agent.CoordinatorLink;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.MeshBatch;
import dev.horizon.mesh.protocol.MeshEncoder;
import dev.horizon.mesh.protocol.MeshMessage;
import io.aeron.Aeron;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.exceptions.AeronException;
import io.aeron.security.CredentialsSupplier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the coordinator's leader, wherever it is. Connects by itself, and again whenever the
 * connection is lost: the members may start later, die and come back.
 */
public final class ClusterLink implements CoordinatorLink {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLink.class);

    /** An eighth of a term is the longest message: {@link MeshEncoder#MESSAGE_BYTES_MAX}. */
    static final String CHANNEL = "aeron:udp?term-length=256k";

    /** A session ends after ten seconds in which nothing was said. */
    private static final long KEEP_ALIVE_MILLIS = 1_000;

    /** Between two attempts to connect. */
    private static final long RETRY_MILLIS = 500;

    /** What waits to be said; more is not taken. */
    private static final int TO_SAY_MAX = 16_384;

    /** One attempt: longer than an election. */
    private static final long CONNECT_SECONDS = 5;

    private final Aeron aeron;
    private final ClusterMembers members;
    private final Principal principal;
    private final MeshKey key;
    private final String host;
    private final EpochClock clock;
    private final MeshBatch batch = new MeshBatch();
    private final List<MeshMessage> toSay = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);
    private final Queue<MeshMessage> inbox = new ArrayDeque<>();
    private AeronCluster.@Nullable AsyncConnect connecting;
    private @Nullable AeronCluster cluster;
    private long nextAttempt = Long.MIN_VALUE;
    private long nextKeepAlive;
    private volatile String trouble = "";

    /**
     * A link that connects when it is polled.
     *
     * @param host of this process, as members reach it
     */
    public ClusterLink(
            Aeron aeron,
            ClusterMembers members,
            Principal principal,
            MeshKey key,
            String host,
            EpochClock clock) {
        this.aeron = aeron;
        this.members = members;
        this.principal = principal;
        this.key = key;
        this.host = host;
        this.clock = clock;
    }

    /** True while the leader is there. */
    public boolean isConnected() {
        return cluster != null;
    }

    /** The member that leads, or -1 while none is known. */
    public int leader() {
        AeronCluster open = cluster;
        return open == null ? -1 : open.leaderMemberId();
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public int poll(Consumer<MeshMessage> handler) {
        long now = clock.time();
        int work = 0;
        try {
            AeronCluster open = cluster;
            if (open == null) {
                work += connect(now);
            } else if (open.isClosed()) {
                drop();
            } else {
                work += open.pollEgress() + open.pollStateChanges();
                if (now >= nextKeepAlive) {
                    nextKeepAlive = now + KEEP_ALIVE_MILLIS;
                    open.sendKeepAlive();
                }
            }
        } catch (AeronException e) {
            trouble = String.valueOf(e.getMessage());
            LOG.debug("no way to the coordinator for now", e);
            drop();
            nextAttempt = now + RETRY_MILLIS;
        }
        @Nullable MeshMessage next;
        while ((next = inbox.poll()) != null) {
            handler.accept(next);
            work++;
        }
        AeronCluster open = cluster;
        if (open != null && !open.isClosed()) {
            flush(open);
        }
        return work;
    }

    private int connect(long now) {
        AeronCluster.AsyncConnect attempt = connecting;
        if (attempt == null) {
            if (now < nextAttempt) {
                return 0;
            }
            attempt = AeronCluster.asyncConnect(context());
            connecting = attempt;
        }
        AeronCluster open = attempt.poll();
        if (open != null) {
            connecting = null;
            cluster = open;
            trouble = "";
            nextKeepAlive = now + KEEP_ALIVE_MILLIS;
        }
        return 1;
    }

    private AeronCluster.Context context() {
        return new AeronCluster.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .ingressChannel(CHANNEL)
                .ingressEndpoints(members.ingress())
                .egressChannel("aeron:udp?endpoint=" + host + ":0|term-length=256k")
                .messageTimeoutNs(TimeUnit.SECONDS.toNanos(CONNECT_SECONDS))
                .newLeaderTimeoutNs(TimeUnit.SECONDS.toNanos(CONNECT_SECONDS))
                .credentialsSupplier(new Credentials())
                .egressListener((session, timestamp, message, offset, length, header) -> {
                    inbox.addAll(batch.decode(message, offset, length));
                })
                .errorHandler(e -> LOG.debug("The coordinator's client reports", e));
    }

    /** Goes with all that is said in the same turn: with the next {@link #poll}. */
    @Override
    public boolean send(MeshMessage message) {
        AeronCluster open = cluster;
        if (open == null || open.isClosed() || toSay.size() >= TO_SAY_MAX) {
            return false;
        }
        toSay.add(message);
        return true;
    }

    /** What the leader has no room for now waits for the next turn. */
    private void flush(AeronCluster open) {
        int from = 0;
        while (from < toSay.size()
                && open.offer(buffer, 0, batch.encode(toSay, from, buffer)) > 0) {
            from += batch.taken();
        }
        toSay.subList(0, from).clear();
    }

    private void drop() {
        toSay.clear();
        CloseHelper.quietCloseAll(connecting, cluster);
        connecting = null;
        cluster = null;
    }

    @Override
    public void close() {
        AeronCluster open = cluster;
        if (open != null && !open.isClosed()) {
            flush(open);
        }
        drop();
    }

    private final class Credentials implements CredentialsSupplier {
        @Override
        public byte[] encodedCredentials() {
            return principal.encode();
        }

        @Override
        public byte[] onChallenge(byte[] challenge) {
            return key.answer(challenge, principal);
        }
    }
}
