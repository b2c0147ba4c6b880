package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.mesh.cluster.CoordinatorMember;
import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.tools.config.HorizonConfig;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** A member of the coordinator in a process of its own. Started and closed by one thread. */
public final class CoordinatorProcess implements AutoCloseable {
    private final ClosingStack parts = new ClosingStack();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Path folder;
    private final Path keyFile;

    private CoordinatorProcess(HorizonConfig config) {
        int member = config.mesh().member();
        folder = config.node().dataDir().resolve("coordinator").resolve("member-" + member);
        keyFile = Keys.meshKeyFile(config);
        CountDownLatch startEnded = new CountDownLatch(1);
        try {
            ClusterMembers members = ClusterMembers.parse(config.mesh().coordinators());
            MeshKey key = Keys.ofMesh(config);
            parts.add(VirtualMachineEnd.closes(parts, startEnded));
            parts.add((AutoCloseable) ended::countDown);
            parts.add(
                    CoordinatorMember.start(
                            folder, members, member, key, config.mesh().leaderTimeout()));
        } catch (RuntimeException | Error e) {
            parts.abandon();
            throw e;
        } finally {
            startEnded.countDown();
        }
    }

    /**
     * Starts a member; returns before the members have found each other.
     *
     * @throws HorizonException with the code of what was in the way; nothing is left running then
     * @throws CancellationException when a signal ended the virtual machine meanwhile
     */
    public static CoordinatorProcess start(HorizonConfig config) {
        return new CoordinatorProcess(config);
    }

    /** Its log and snapshots. */
    public Path folder() {
        return folder;
    }

    /** The mesh's secret. */
    public Path keyFile() {
        return keyFile;
    }

    /** Waits until it is closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        parts.close();
    }
}
