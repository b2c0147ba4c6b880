package dev.horizon.mesh.cluster;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.CommonContext;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredServiceContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the coordinator in this process: media driver, Archive, consensus module and
 * service. Started and closed by one thread.
 */
public final class CoordinatorMember implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorMember.class);

    /** Nodes, gateways and operators of a large mesh; Aeron's default is 10. */
    private static final int SESSIONS_MAX = 1_024;

    /** A leader that says nothing for so long is replaced; what an election takes follows it. */
    public static final Duration LEADER_TIMEOUT = Duration.ofSeconds(1);

    private static final int HEARTBEATS_PER_TIMEOUT = 10;
    private static final int ELECTIONS_PER_TIMEOUT = 2;
    private static final int ELECTION_STATUSES_PER_TIMEOUT = 20;
    private static final int TIMEOUTS_PER_CANVASS = 5;

    /** How often the leader has all members take a snapshot, so that a restart reads little log. */
    private static final long SNAPSHOT_MINUTES = 10;

    private static final String TERM_64K = "term-length=64k";

    /**
     * A first nap of a microsecond takes fifty, and is followed by eight more until the longest.
     */
    private static final long PARK_NANOS_MIN = 250_000;

    private static final long PARK_NANOS_MAX = 1_000_000;

    private final EmbeddedDriver driver;
    private final CoordinatorService service = new CoordinatorService();
    private final ScheduledExecutorService upkeep =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("coordinator-upkeep").factory());
    private @Nullable ConsensusModule module;
    private @Nullable ClusteredServiceContainer container;
    private ConsensusModule.@Nullable Context context;

    private CoordinatorMember(EmbeddedDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts a member.
     *
     * @param folder its log and snapshots; one live process each
     * @param members all of them
     * @param id which of them this is
     * @param leaderTimeout how long a leader may be silent; the same for all of them
     * @throws HorizonException HZ-MESH-018 when it did not start, or a code of the driver's
     */
    public static CoordinatorMember start(
            Path folder, ClusterMembers members, int id, MeshKey key, Duration leaderTimeout) {
        if (id < 0 || id >= members.members().size()) {
            throw new HorizonException(
                    "HZ-MESH-016",
                    "mesh.member is %d, and mesh.coordinators names %d members: count from 0"
                            .formatted(id, members.members().size()));
        }
        EmbeddedDriver driver =
                EmbeddedDriver.start(
                        DriverConfig.at(folder)
                                .withoutShutdownHook()
                                .withArchiveAt(members.archive(id)));
        CoordinatorMember member = new CoordinatorMember(driver);
        try {
            member.launch(folder, members, id, key, leaderTimeout.toNanos());
            return member;
        } catch (HorizonException | Error e) {
            member.close();
            throw e;
        } catch (RuntimeException e) {
            member.close();
            throw new HorizonException(
                    "HZ-MESH-018",
                    "member "
                            + id
                            + " of the coordinator did not start: "
                            + e
                            + ". Its five ports from "
                            + members.members().get(id).port()
                            + " must be free, and its folder "
                            + folder
                            + " its own",
                    e);
        }
    }

    private void launch(
            Path folder, ClusterMembers members, int id, MeshKey key, long leaderTimeout) {
        String host = members.members().get(id).host();
        Path cluster = folder.resolve("cluster");
        // A mark file vouches for its process for ten seconds after a kill; the folder's lock,
        // which
        // the driver holds, knows better. So each life has its own.
        Path marks = folder.resolve("cluster-marks").resolve(String.valueOf(driver.incarnation()));
        ConsensusModule.Context settings =
                new ConsensusModule.Context()
                        .aeronDirectoryName(driver.driverDirectory().toString())
                        .clusterDir(cluster.toFile())
                        .markFileDir(marks.toFile())
                        .archiveContext(archive())
                        .clusterMemberId(id)
                        .clusterMembers(members.topology())
                        .ingressChannel(ClusterLink.CHANNEL)
                        .egressChannel(ClusterLink.CHANNEL)
                        .logChannel("aeron:udp?term-length=1m")
                        .replicationChannel("aeron:udp?endpoint=" + host + ":0")
                        .snapshotChannel("aeron:ipc?term-length=1m")
                        .maxConcurrentSessions(SESSIONS_MAX)
                        .leaderHeartbeatTimeoutNs(leaderTimeout)
                        .leaderHeartbeatIntervalNs(leaderTimeout / HEARTBEATS_PER_TIMEOUT)
                        .electionTimeoutNs(leaderTimeout / ELECTIONS_PER_TIMEOUT)
                        .electionStatusIntervalNs(leaderTimeout / ELECTION_STATUSES_PER_TIMEOUT)
                        .startupCanvassTimeoutNs(leaderTimeout * TIMEOUTS_PER_CANVASS)
                        .authenticatorSupplier(() -> new MeshAuthenticator(key))
                        .idleStrategySupplier(CoordinatorMember::idle)
                        .errorHandler(e -> LOG.warn("The consensus module reports", e));
        module = ConsensusModule.launch(settings);
        context = settings;
        container =
                ClusteredServiceContainer.launch(
                        new ClusteredServiceContainer.Context()
                                .aeronDirectoryName(driver.driverDirectory().toString())
                                .clusterDir(cluster.toFile())
                                .markFileDir(marks.toFile())
                                .archiveContext(archive())
                                .snapshotChannel("aeron:ipc?term-length=1m")
                                .clusteredService(service)
                                .idleStrategySupplier(CoordinatorMember::idle)
                                .errorHandler(e -> LOG.warn("The coordinator reports", e)));
        upkeep.scheduleAtFixedRate(
                this::takeSnapshot, SNAPSHOT_MINUTES, SNAPSHOT_MINUTES, TimeUnit.MINUTES);
    }

    private static AeronArchive.Context archive() {
        return new AeronArchive.Context()
                .controlRequestChannel(CommonContext.IPC_CHANNEL)
                .controlRequestStreamId(AeronArchive.Configuration.localControlStreamId())
                .controlResponseChannel("aeron:ipc?" + TERM_64K)
                .controlTermBufferLength(64 << 10);
    }

    /** The consensus module and its service wait for messages of milliseconds, not microseconds. */
    private static IdleStrategy idle() {
        return new BackoffIdleStrategy(1, 1, PARK_NANOS_MIN, PARK_NANOS_MAX);
    }

    /** Leader, follower or candidate. */
    public Cluster.Role role() {
        ConsensusModule.Context of = context;
        return of == null
                ? Cluster.Role.FOLLOWER
                : Cluster.Role.get((int) of.clusterNodeRoleCounter().get());
    }

    /** Messages that no member could understand, and answers that no session took. */
    public String troubles() {
        return "%d malformed, %d answers lost".formatted(service.malformed(), service.lost());
    }

    /** Snapshots that this member has taken part in since it started. */
    public long snapshots() {
        ConsensusModule.Context of = context;
        return of == null ? 0 : of.snapshotCounter().get();
    }

    /** Has all members take a snapshot, if this one leads; true when it was begun. */
    public boolean takeSnapshot() {
        ConsensusModule.Context of = context;
        if (of == null || role() != Cluster.Role.LEADER) {
            return false;
        }
        AtomicCounter toggle =
                ClusterControl.findControlToggle(driver.aeron().countersReader(), of.clusterId());
        return toggle != null && ClusterControl.ToggleState.SNAPSHOT.toggle(toggle);
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
        CloseHelper.closeAll(
                e -> LOG.warn("Closing a part of the coordinator failed", e),
                container,
                module,
                driver);
    }
}
