package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.agent.Operator;
import dev.horizon.mesh.cluster.ClusterLink;
import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.tools.config.HorizonConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;

/** An operator's connection to the coordinator, with a media driver of its own. One thread. */
public final class MeshOperator implements AutoCloseable {
    private final ClosingStack parts = new ClosingStack();
    private final ClusterLink link;
    private final Operator operator;

    private MeshOperator(HorizonConfig config, @Nullable Path given) {
        try {
            ClusterMembers members = ClusterMembers.parse(config.mesh().coordinators());
            Path folder = given == null ? temporary() : given;
            DriverConfig driving = DriverConfig.at(folder).withoutArchive();
            EmbeddedDriver driver =
                    parts.add(
                            EmbeddedDriver.start(
                                    given == null ? driving : driving.withoutShutdownHook()));
            link =
                    parts.add(
                            new ClusterLink(
                                    driver.aeron(),
                                    members,
                                    new Principal(Role.OPERATOR, "operator"),
                                    Keys.ofMesh(config),
                                    config.mesh().host(),
                                    SystemEpochClock.INSTANCE));
            operator = new Operator(link, config.mesh().joinTimeout().toMillis());
        } catch (IOException e) {
            parts.abandon();
            throw new UncheckedIOException("no temporary folder can be made", e);
        } catch (RuntimeException | Error e) {
            parts.abandon();
            throw e;
        }
    }

    /**
     * Connects as configured, out of a temporary folder.
     *
     * @throws HorizonException HZ-MESH-016 for members that can't be understood, HZ-MESH-017
     *     without the mesh's key, or a code of the driver's
     */
    public static MeshOperator connect(HorizonConfig config) {
        return new MeshOperator(config, null);
    }

    /**
     * The same out of a folder of the caller, which it locks; the caller closes it also when the
     * virtual machine ends.
     *
     * @throws HorizonException HZ-ENV-011 while another process has the folder; else as {@link
     *     #connect}
     */
    public static MeshOperator at(Path folder, HorizonConfig config) {
        return new MeshOperator(config, folder);
    }

    private Path temporary() throws IOException {
        Path folder = Files.createTempDirectory("horizon-mesh-");
        parts.add((AutoCloseable) () -> IoUtil.delete(folder.toFile(), true));
        return folder;
    }

    /** The member of the coordinator that answered last, or -1 while there is none. */
    public int leader() {
        return link.leader();
    }

    /** What the coordinator knows; throws as {@link Operator#view}. */
    public MeshView view() throws InterruptedException {
        return operator.view();
    }

    /** Begins to move an entity; throws as {@link Operator#transfer}. */
    public long transfer(EntityId entity, NodeEntry source, NodeEntry destination)
            throws InterruptedException {
        return operator.transfer(entity, source, destination);
    }

    /** Begins to move a region; throws as {@link Operator#move}. */
    public String move(Region region, NodeEntry destination) throws InterruptedException {
        return operator.move(region, destination);
    }

    /** Cuts a region in two; throws as {@link Operator#split}. */
    public String split(Region region, int axis, double at) throws InterruptedException {
        return operator.split(region, axis, at);
    }

    /** Puts a part back; throws as {@link Operator#merge}. */
    public String merge(Region region, Region part) throws InterruptedException {
        return operator.merge(region, part);
    }

    /** Vouches that a node is gone; throws as {@link Operator#confirmGone}. */
    public String confirmGone(NodeEntry node) throws InterruptedException {
        return operator.confirmGone(node);
    }

    @Override
    public void close() {
        parts.close();
    }
}
