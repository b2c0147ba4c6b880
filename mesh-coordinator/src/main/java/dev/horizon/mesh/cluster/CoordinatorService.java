package dev.horizon.mesh.cluster;

import dev.horizon.mesh.coordinator.Coordinator;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.MeshBatch;
import dev.horizon.mesh.protocol.MeshDecoder;
import dev.horizon.mesh.protocol.MeshEncoder;
import dev.horizon.mesh.protocol.MeshMessage;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Hands the cluster's log to the {@link Coordinator}, and what it answers to the sessions. */
final class CoordinatorService implements ClusteredService {
    /** Answers are tried again so often; then they are lost, and who asked asks again. */
    private static final int OFFERS_MAX = 3;

    private static final int FRAGMENTS_MAX = 64;

    private final MeshEncoder encoder = new MeshEncoder();
    private final MeshDecoder decoder = new MeshDecoder();
    private final MeshBatch batch = new MeshBatch();
    private final Map<Long, List<MeshMessage>> answers = new LinkedHashMap<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);
    private final Coordinator coordinator = new Coordinator(this::collect);
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private @Nullable Cluster cluster;

    /** Messages that could not be understood. */
    long malformed() {
        return malformed.get();
    }

    /** Answers that no session took. */
    long lost() {
        return lost.get();
    }

    @Override
    public void onStart(Cluster started, @Nullable Image snapshot) {
        cluster = started;
        if (snapshot != null) {
            coordinator.load(read(snapshot, started.idleStrategy()).iterator());
        }
    }

    private List<MeshMessage> read(Image snapshot, IdleStrategy idle) {
        List<MeshMessage> all = new ArrayList<>();
        FragmentAssembler assembler =
                new FragmentAssembler((part, offset, length, header) -> {
                    MeshMessage message = decoder.decode(part, offset, length);
                    if (message != null) {
                        all.add(message);
                    }
                });
        while (!snapshot.isEndOfStream() && !snapshot.isClosed()) {
            idle.idle(snapshot.poll(assembler, FRAGMENTS_MAX));
        }
        return all;
    }

    @Override
    public void onSessionMessage(
            ClientSession session,
            long timestamp,
            DirectBuffer message,
            int offset,
            int length,
            Header header) {
        List<MeshMessage> decoded = batch.decode(message, offset, length);
        if (decoded.isEmpty()) {
            malformed.incrementAndGet();
            return;
        }
        Principal from = Principal.decode(session.encodedPrincipal());
        decoded.forEach(each -> coordinator.apply(session.id(), from, timestamp, each));
        if (started().role() == Cluster.Role.LEADER) {
            answers.forEach(this::answer); // Of a follower no session hears.
        }
        answers.clear();
    }

    /** What one entry of the log leads to goes to each session together. */
    private void collect(long session, MeshMessage message) {
        answers.computeIfAbsent(session, id -> new ArrayList<>()).add(message);
    }

    private void answer(long sessionId, List<MeshMessage> messages) {
        ClientSession session = started().getClientSession(sessionId);
        int from = 0;
        while (session != null && from < messages.size()) {
            answer(session, batch.encode(messages, from, buffer));
            from += batch.taken();
        }
    }

    private void answer(ClientSession session, int length) {
        for (int attempt = 0; attempt < OFFERS_MAX; attempt++) {
            long result = session.offer(buffer, 0, length);
            if (result > 0) {
                return;
            }
            if (result != Publication.ADMIN_ACTION && result != Publication.BACK_PRESSURED) {
                break;
            }
            started().idleStrategy().idle();
        }
        lost.incrementAndGet();
    }

    @Override
    public void onTakeSnapshot(ExclusivePublication snapshot) {
        IdleStrategy idle = started().idleStrategy();
        coordinator.save(
                started().time(),
                message -> {
                    int length = encoder.encode(message, buffer);
                    idle.reset();
                    while (snapshot.offer(buffer, 0, length) < 0) {
                        if (snapshot.isClosed()) {
                            throw new IllegalStateException("the snapshot's stream was closed");
                        }
                        idle.idle();
                    }
                });
    }

    private Cluster started() {
        return Objects.requireNonNull(cluster, "onStart comes first");
    }

    @Override
    public void onSessionOpen(ClientSession session, long timestamp) {
        // A session says what it is by what it sends.
    }

    @Override
    public void onSessionClose(ClientSession session, long timestamp, CloseReason reason) {
        // Silence and closed connections take nothing from anybody.
    }

    @Override
    public void onTimerEvent(long correlationId, long timestamp) {
        // Health is a function of the time at which somebody asks: nothing is due by itself.
    }

    @Override
    public void onRoleChange(Cluster.Role role) {
        // All members do the same; only the leader's answers leave.
    }

    @Override
    public void onTerminate(Cluster ending) {
        // Holds nothing.
    }
}
