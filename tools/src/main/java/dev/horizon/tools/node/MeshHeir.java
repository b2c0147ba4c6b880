package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.mesh.ownership.EpochFence;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.standby.MeshPlace;
import dev.horizon.tools.config.HorizonConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a standby comes to own when it takes over: what it is configured with, or, in a mesh, what
 * the coordinator grants it in its node's place. Until then the mesh doesn't hear of it. One
 * thread.
 */
final class MeshHeir {
    private static final Logger LOG = LoggerFactory.getLogger(MeshHeir.class);

    private final HorizonConfig config;
    private final @Nullable MeshKey key;
    private @Nullable MeshPlace place;
    private @Nullable Membership membership;

    /**
     * Of a process that begins to follow.
     *
     * @throws HorizonException HZ-MESH-017 without the mesh's key; outside of a mesh HZ-MESH-001 to
     *     006 for regions that can't be
     */
    MeshHeir(HorizonConfig config) {
        this.config = config;
        key = config.mesh().isCoordinated() ? Keys.ofMesh(config) : null;
        List<Region> configured = Membership.configured(config.node());
        if (key == null) {
            new EpochFence(config.node().dataDir()).admit(configured);
        }
    }

    /**
     * Says for whom the folder is to go on, which has the copy of its world from now on.
     *
     * @param of the node's place in its mesh; null where it is in none
     * @throws HorizonException HZ-STB-012 when this process couldn't take it
     */
    void follow(@Nullable MeshPlace of) {
        MeshKey mine = key;
        if (of == null && mine != null) {
            throw unfit("the node is in no mesh: leave mesh.coordinators empty");
        }
        if (of != null && mine == null) {
            throw unfit(
                    "the node is one of a mesh: set mesh.coordinators (%s) and mesh.key-file as it has them"
                            .formatted(String.join(",", of.coordinators())));
        }
        if (of == null || mine == null) {
            return;
        }
        List<String> differing = differences(of, mine);
        if (!differing.isEmpty()) {
            throw unfit(
                    "it has other "
                            + String.join("; other ", differing)
                            + ": start it with the node's own settings");
        }
        MeshNode.copies(config.node().dataDir());
        place = of;
    }

    private List<String> differences(MeshPlace of, MeshKey mine) {
        MeshPlace own = Membership.place(config, mine, of.home(), of.life());
        List<String> differing = new ArrayList<>();
        if (!own.name().equals(of.name())) {
            differing.add("node.name, " + own.name() + " instead of " + of.name());
        }
        if (!own.coordinators().equals(of.coordinators())) {
            differing.add(
                    "mesh.coordinators, "
                            + own.coordinators()
                            + " instead of "
                            + of.coordinators());
        }
        if (!own.proof().equals(of.proof())) {
            differing.add("mesh.key-file, " + Keys.meshKeyFile(config) + ", with another secret");
        }
        if (!own.regions().equals(of.regions())) {
            differing.add("node.regions, " + own.regions() + " instead of " + of.regions());
        }
        return differing;
    }

    private static HorizonException unfit(String why) {
        return new HorizonException(
                "HZ-STB-012", "this standby can't stand in for its node in the mesh: " + why);
    }

    /**
     * The node can release nothing any more: claims its regions where a coordinator decides, and
     * waits for its word, for nobody else may tick this world.
     *
     * @param parts gets what is to be closed after the loop
     * @throws HorizonException the coordinator's refusal
     */
    List<Region> takeOver(EmbeddedDriver driver, ClosingStack parts) throws InterruptedException {
        MeshPlace of = place;
        if (of == null) {
            return Membership.configured(config.node());
        }
        MeshNode node =
                MeshNode.takeOver(
                        config.node().dataDir(), of.home(), of.life(), driver.incarnation());
        Membership claimed = parts.add(Membership.claim(config, driver, node));
        List<Region> owned = null;
        while (owned == null) {
            try {
                owned = claimed.await(config.mesh()).regions();
            } catch (HorizonException e) {
                if (!e.code().equals("HZ-MESH-019")) {
                    throw e;
                }
                LOG.warn("the takeover waits for the coordinator: {}", e.getMessage());
            }
        }
        new EpochFence(config.node().dataDir()).admit(owned);
        membership = claimed;
        return owned;
    }

    /** Of the node that this process became; null outside of a mesh. */
    @Nullable Membership membership() {
        return membership;
    }
}
