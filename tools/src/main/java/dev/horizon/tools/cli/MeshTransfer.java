package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.TransferEntry;
import dev.horizon.mesh.protocol.TransferEntry.Stage;
import dev.horizon.net.client.Trust;
import dev.horizon.tools.node.MeshOperator;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code mesh transfer}: begins one, and waits for its end. */
final class MeshTransfer {
    private static final long LOOK_MILLIS = 100;

    private final MeshOperator operator;
    private final MeshView before;

    MeshTransfer(MeshOperator operator) throws InterruptedException {
        this.operator = operator;
        before = operator.view();
    }

    /**
     * Moves an entity.
     *
     * @param from the name of the node that has it; null to ask all nodes
     * @param secondsMax how long its end is waited for
     * @return what came of it
     * @throws HorizonException HZ-MESH-014 for a node that isn't there, HZ-MESH-024 for an entity
     *     that no node has, HZ-MESH-028 when it has no end in time, or the reason for which it did
     *     not move
     */
    String run(EntityId entity, @Nullable String from, String to, long secondsMax)
            throws InterruptedException {
        NodeEntry destination = node(to);
        NodeEntry source = from == null ? find(entity) : node(from);
        long asked = operator.transfer(entity, source, destination);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        TransferEntry entry = look(asked);
        while (!entry.stage().isEnd()) {
            if (System.nanoTime() > end) {
                throw new HorizonException(
                        "HZ-MESH-028",
                        "transfer %d is %s after %d s; it goes on without this command, and 'horizon mesh status' shows how far it is"
                                .formatted(entry.transfer(), stage(entry), secondsMax));
            }
            Thread.sleep(LOOK_MILLIS);
            entry = look(asked);
        }
        if (entry.stage() == Stage.REVERSED) {
            throw new HorizonException(
                    entry.code(),
                    "entity %s did not move in transfer %d: %s"
                            .formatted(entity, entry.transfer(), entry.text()));
        }
        return "entity %s is on %s now (transfer %d, %d ms)"
                .formatted(entity, to, entry.transfer(), entry.changedAt() - entry.begunAt());
    }

    private TransferEntry look(long asked) throws InterruptedException {
        return operator.view().transfers().stream()
                .filter(each -> each.asked() == asked)
                .findFirst()
                .orElseThrow(() ->
                        new HorizonException(
                                "HZ-MESH-028",
                                "the coordinator has forgotten the transfer among many others:"
                                        + " look for the entity with 'horizon query'"));
    }

    private NodeEntry node(String name) {
        return present().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /** Nobody has that name. */
    static HorizonException unknown(String name) {
        return new HorizonException(
                "HZ-MESH-014",
                "the mesh has no node "
                        + name
                        + " that may tick; 'horizon mesh status' lists them");
    }

    private NodeEntry find(EntityId entity) {
        return present().stream()
                .filter(each -> has(each, entity))
                .findFirst()
                .orElseThrow(() ->
                        new HorizonException(
                                "HZ-MESH-024",
                                "no node whose pages can be reached has an entity "
                                        + entity
                                        + ": name its node with --from"));
    }

    private List<NodeEntry> present() {
        return before.nodes().stream().filter(each -> each.presence() == Presence.PRESENT).toList();
    }

    private static boolean has(NodeEntry node, EntityId entity) {
        if (node.pages().isEmpty()) {
            return false;
        }
        try {
            new NodeClient(URI.create(node.pages()), Trust.standard())
                    .get("/api/entities/" + entity);
            return true;
        } catch (HorizonException notThere) {
            return false;
        }
    }

    /** A stage in words. */
    static String stage(TransferEntry entry) {
        String stage = entry.stage().name().toLowerCase(Locale.ROOT);
        return entry.code().isEmpty() ? stage : stage + ": " + entry.code();
    }
}
