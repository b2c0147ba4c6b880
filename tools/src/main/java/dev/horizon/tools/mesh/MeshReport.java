package dev.horizon.tools.mesh;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.coordinator.Health;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the coordinator knows, in words for tables, JSON and pages. */
public final class MeshReport {
    private MeshReport() {}

    /** All of it, in the order in which it is shown. */
    public static Map<String, Object> asMap(MeshView view) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (NodeEntry node : view.nodes()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("node", node.name());
            row.put("starSystem", node.starSystem());
            row.put("health", health(node, view.now()));
            row.put("life", node.life());
            row.put("takenOver", node.isTakenOver());
            row.put("block", node.block());
            row.put("address", node.address());
            row.put("pages", node.pages());
            row.put("heardMillisAgo", view.now() - node.heardAt());
            row.put("load", node.load());
            row.put("world", node.offer().world());
            row.put("services", node.offer().types());
            nodes.add(row);
        }
        List<Map<String, Object>> regions = new ArrayList<>();
        for (RegionEntry entry : view.regions()) {
            Region region = entry.region();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("starSystem", region.starSystem());
            row.put("region", region.id());
            row.put("epoch", region.epoch());
            row.put("owner", owner(view, entry));
            row.put("movesTo", heir(view, entry));
            row.put("min", List.of(region.minX(), region.minY(), region.minZ()));
            row.put("max", List.of(region.maxX(), region.maxY(), region.maxZ()));
            regions.add(row);
        }
        List<Map<String, Object>> transfers = new ArrayList<>();
        for (TransferEntry entry : view.transfers()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("transfer", entry.transfer());
            row.put("entity", new EntityId(entry.entity()).toString());
            row.put("from", name(view, entry.source()));
            row.put("to", name(view, entry.destination()));
            row.put("stage", entry.stage().name().toLowerCase(Locale.ROOT));
            row.put("begunMillisAgo", view.now() - entry.begunAt());
            row.put("changedMillisAgo", view.now() - entry.changedAt());
            row.put("code", entry.code());
            row.put("text", entry.text());
            transfers.add(row);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("nodes", nodes);
        all.put("regions", regions);
        all.put("transfers", transfers);
        return all;
    }

    /** How a node fares. */
    public static String health(NodeEntry node, long now) {
        return Health.of(node, now).name().toLowerCase(Locale.ROOT);
    }

    /** Which start of a node it is, and whether its standby made it. */
    public static String life(NodeEntry node) {
        return node.isTakenOver() ? node.life() + " (standby)" : Long.toString(node.life());
    }

    /** Who has a region. */
    public static String owner(MeshView view, RegionEntry entry) {
        return entry.owner() == 0 ? "nobody" : name(view, entry.owner());
    }

    /** Where a region moves to; empty while it doesn't. */
    public static String heir(MeshView view, RegionEntry entry) {
        return entry.heir() == 0 ? "" : name(view, entry.heir());
    }

    /** The name of a node by its home. */
    public static String name(MeshView view, long home) {
        return view.nodes().stream()
                .filter(node -> node.home() == home)
                .map(NodeEntry::name)
                .findFirst()
                .orElse("unknown");
    }
}
