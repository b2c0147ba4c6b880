package dev.horizon.mesh.coordinator;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.protocol.MeshMessage.RegionLeft;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.OwnedRegion;
import dev.horizon.mesh.protocol.OwnedRegion.Standing;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Regions that move from one node to another. A region that moves has an heir: what is in it goes
 * there by transfers, as over a border, and so does what comes into it. It stays its owner's until
 * that says that nothing is in it; from then on it is the heir's, under the next epoch. Not
 * thread-safe.
 */
final class Moves {
    private final Ledger ledger;

    Moves(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Begins to move a region; asking twice begins it once.
     *
     * @return what came of it
     * @throws HorizonException HZ-MESH-029 or 030 for what is in the way
     */
    String begin(RegionMove asked) {
        RegionEntry entry = region(asked.starSystem(), asked.region());
        NodeEntry to = able(asked.destination(), asked.starSystem());
        String name = "region " + asked.region() + " of " + asked.starSystem();
        if (entry.taker() == to.home()) {
            return name + (entry.heir() == 0 ? " is on " : " moves to ") + to.name();
        }
        if (entry.owner() == 0) {
            put(entry.keptBy(to.home()).ownedBy(to.home()));
            return name + " belonged to nobody, and is on " + to.name();
        }
        if (entry.owner() == to.home()) {
            // It stays after all: under a new epoch, for its owner may have said farewell to it.
            revise(entry.heir());
            put(entry.movingTo(0).ownedBy(to.home()));
            return name + " stays on " + to.name();
        }
        requireOneHeir(entry, to);
        put(entry.movingTo(to.home()));
        return name + " moves to " + to.name();
    }

    /** A region that there is. */
    RegionEntry region(String starSystem, int id) {
        RegionEntry entry = ledger.region(starSystem, id);
        if (entry == null) {
            throw new HorizonException(
                    "HZ-MESH-029",
                    "star system '%s' has no region %d: 'horizon mesh status' lists them"
                            .formatted(starSystem, id));
        }
        return entry;
    }

    private NodeEntry able(long home, String starSystem) {
        NodeEntry to = ledger.node(home);
        if (to == null || to.presence() != Presence.PRESENT) {
            throw unable("the destination is no node that may tick");
        }
        if (!to.starSystem().equals(starSystem)) {
            throw unable("node " + to.name() + " runs star system '" + to.starSystem() + "'");
        }
        if (to.peer().isEmpty()) {
            throw unable("node " + to.name() + " is of a build that can't move entities");
        }
        return to;
    }

    /** What belongs together goes together: a node gives regions to one other at a time. */
    private void requireOneHeir(RegionEntry entry, NodeEntry to) {
        for (RegionEntry each : ledger.regions()) {
            if (each.owner() == entry.owner() && each.heir() != 0 && each.heir() != to.home()) {
                NodeEntry heir = ledger.node(each.heir());
                throw unable(
                        "region %d moves from its node to %s: wait for its end, or let it stay"
                                .formatted(
                                        each.region().id(),
                                        heir == null ? "another" : heir.name()));
            }
        }
    }

    private static HorizonException unable(String why) {
        return new HorizonException(
                "HZ-MESH-030",
                "the region can't move: "
                        + why
                        + "; 'horizon mesh status' shows nodes and regions");
    }

    /** An owner has nothing in a region any more, and has given it up. */
    void left(RegionLeft word) {
        NodeEntry node = ledger.node(word.home());
        RegionEntry entry = node == null ? null : ledger.region(node.starSystem(), word.region());
        if (entry != null
                && entry.owner() == word.home()
                && entry.heir() != 0
                && entry.region().epoch() == word.epoch()) {
            complete(entry);
        }
    }

    private void complete(RegionEntry entry) {
        revise(entry.owner());
        put(entry.movingTo(0).keptBy(entry.heir()).ownedBy(entry.heir()));
    }

    /**
     * A node ticks no more: what moves away from it is the heir's, and what is still in it comes
     * after once the node is back; what moves to it stays where it is; all else is free. Where
     * regions were cut no configuration knows them: then they wait for their keeper, or an
     * operator.
     */
    void ended(long home, Presence how) {
        for (RegionEntry entry : List.copyOf(ledger.regions())) {
            if (entry.heir() == home) {
                put(entry.movingTo(0).ownedBy(entry.owner()));
            } else if (entry.owner() == home && entry.heir() != 0) {
                complete(entry);
            } else if (entry.owner() == home) {
                ledger.put(entry.freed());
            }
            RegionEntry now = ledger.region(entry.region().starSystem(), entry.region().id());
            boolean isForAnyone =
                    how == Presence.GONE && !Cuts.isAny(ledger, entry.region().starSystem());
            if (isForAnyone && now != null && now.keeper() == home) {
                ledger.put(now.keptBy(0));
            }
        }
    }

    /** What is a node's. */
    List<OwnedRegion> of(NodeEntry node) {
        List<OwnedRegion> all = new ArrayList<>();
        for (RegionEntry entry : ledger.regions()) {
            if (entry.owner() == node.home()) {
                Standing standing = entry.heir() == 0 ? Standing.OWNED : Standing.LEAVING;
                all.add(new OwnedRegion(entry.region(), standing));
            } else if (entry.heir() == node.home()) {
                all.add(new OwnedRegion(entry.region(), Standing.COMING));
            }
        }
        return all;
    }

    /**
     * Who takes an entity that is beyond what its node keeps; 0 for nobody. From a node that keeps
     * nothing all goes to its heir, wherever it is.
     */
    long taker(NodeEntry node, double x, double y, double z) {
        long heir = 0;
        long owner = 0;
        boolean isAnyKept = false;
        for (RegionEntry entry : ledger.owned(node.starSystem())) {
            if (entry.owner() == node.home()) {
                heir = entry.heir();
                isAnyKept |= heir == 0;
            }
            if (entry.region().contains(x, y, z)) {
                owner = entry.taker();
            }
        }
        return isAnyKept || heir == 0 ? owner : heir;
    }

    /** Enters a region as it is now, and lets its owner and its heir know. */
    void put(RegionEntry entry) {
        ledger.put(entry);
        revise(entry.owner());
        revise(entry.heir());
    }

    private void revise(long home) {
        NodeEntry node = ledger.node(home);
        if (node != null) {
            ledger.put(node.revised());
        }
    }
}
