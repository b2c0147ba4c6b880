package dev.horizon.mesh.coordinator;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.ownership.RegionAssignment;
import dev.horizon.mesh.ownership.StaticOwnership;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.ServiceOffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides who gets what they claim: all of it, or nothing and why. */
final class Claims {
    /** Four of them fit into each message that tells of a node. */
    private static final int TEXT_MAX = 255;

    private final Ledger ledger;
    private final Offers offers;

    Claims(Ledger ledger, Offers offers) {
        this.ledger = ledger;
        this.offers = offers;
    }

    /**
     * Grants a claim; taking the same claim twice gives the same.
     *
     * @return the node as granted
     * @throws HorizonException with the code and the words of what is in the way; nothing has
     *     changed then
     */
    NodeEntry grant(NodeClaim claim, long now) {
        NodeEntry known = ledger.node(claim.home());
        if (known != null) {
            requireProof(claim, known);
            if (known.life() == claim.life()) {
                requirePresent(known);
                return known;
            }
        }
        requireShort(claim);
        requireName(claim);
        List<RegionEntry> granted = granted(claim);
        requireFree(claim, granted);
        requireRoom(claim, known);
        ledger.free(claim.home());
        granted.forEach(ledger::put);
        NodeEntry node =
                new NodeEntry(
                        claim.node(),
                        claim.home(),
                        claim.folder(),
                        claim.life(),
                        Presence.PRESENT,
                        ledger.takeBlock(),
                        claim.starSystem(),
                        claim.address(),
                        claim.pages(),
                        claim.peer(),
                        now,
                        now,
                        now,
                        known == null ? 0 : known.revision() + 1,
                        NodeLoad.NONE,
                        known == null ? ServiceOffer.NONE : known.offer(),
                        known == null ? 0 : known.offered());
        ledger.put(offers.moved(node));
        return node;
    }

    /**
     * What it asks for, and what was moved to it; without what was moved to others: where regions
     * were moved the mesh knows better than a configuration.
     */
    private List<RegionEntry> granted(NodeClaim claim) {
        List<RegionEntry> all = new ArrayList<>();
        for (Region region : claim.regions()) {
            RegionEntry before = ledger.region(region.starSystem(), region.id());
            if (before == null) {
                all.add(new RegionEntry(region.at(1), claim.home(), 0, 0));
            } else if (before.keeper() == 0) {
                Region next = region.at(before.region().epoch() + 1);
                all.add(new RegionEntry(next, claim.home(), before.heir(), 0));
            }
        }
        for (RegionEntry entry : ledger.regions()) {
            if (entry.keeper() == claim.home()
                    && entry.region().starSystem().equals(claim.starSystem())) {
                all.add(entry.ownedBy(claim.home()));
            }
        }
        return all;
    }

    /** What a life that can't go on is told. */
    static HorizonException ended(String node, long life, String why) {
        return new HorizonException(
                "HZ-MESH-012",
                "life "
                        + life
                        + " of node "
                        + node
                        + " must not tick: "
                        + why
                        + "; start the node again if it should own its regions");
    }

    /**
     * The life before must be able to do no more: the lock of its folder proves that, or that this
     * one took over from it, which is to acknowledge nothing that it would release.
     */
    private static void requireProof(NodeClaim claim, NodeEntry known) {
        boolean isTakeover = claim.replaces() == known.life() && claim.life() > known.life();
        if (claim.folder() != known.folder() && !isTakeover) {
            throw new HorizonException(
                    "HZ-MESH-038",
                    "life %d of node %s must not tick: the mesh knows it in life %d, of another data folder, and this folder has not taken over from that life; start the other one, or make this one its standby"
                            .formatted(claim.life(), claim.node(), known.life()));
        }
        if (known.life() > claim.life()) {
            throw ended(claim.node(), claim.life(), "life " + known.life() + " has begun since");
        }
    }

    private static void requirePresent(NodeEntry known) {
        if (known.presence() == Presence.LEFT) {
            throw ended(known.name(), known.life(), "it said goodbye");
        }
        if (known.presence() == Presence.GONE) {
            throw ended(known.name(), known.life(), "an operator confirmed that it is gone");
        }
    }

    private static void requireShort(NodeClaim claim) {
        for (String text :
                List.of(
                        claim.node(),
                        claim.starSystem(),
                        claim.address(),
                        claim.pages(),
                        claim.peer())) {
            if (text.length() > TEXT_MAX) {
                throw new HorizonException(
                        "HZ-MESH-020",
                        "'%s...' has %d characters; names and addresses of nodes have %d at most"
                                .formatted(text.substring(0, 20), text.length(), TEXT_MAX));
            }
        }
    }

    private void requireName(NodeClaim claim) {
        NodeEntry other = ledger.present(claim.node());
        if (other != null && other.home() != claim.home()) {
            throw new HorizonException(
                    "HZ-MESH-010",
                    "the mesh has a node "
                            + claim.node()
                            + " with another data folder: give this one another node.name, or, if"
                            + " that one's process is gone for good, run 'horizon mesh"
                            + " confirm-gone "
                            + claim.node()
                            + "'");
        }
    }

    private void requireFree(NodeClaim claim, List<RegionEntry> granted) {
        List<RegionAssignment> wanted = new ArrayList<>();
        for (RegionEntry each : granted) {
            Region region = each.region();
            RegionEntry known = ledger.region(region.starSystem(), region.id());
            if (known != null && known.owner() != 0 && known.owner() != claim.home()) {
                throw owned(region, ledger.node(known.owner()), known.region().epoch());
            }
            wanted.add(new RegionAssignment(region, claim.node()));
        }
        for (RegionEntry entry : ledger.owned(claim.starSystem())) {
            if (entry.owner() != claim.home()) {
                wanted.add(new RegionAssignment(entry.region(), "another node"));
            }
        }
        if (!wanted.isEmpty()) {
            // Throws where two of them overlap, or a box contains nothing.
            StaticOwnership.of(wanted);
        }
    }

    private static HorizonException owned(Region region, @Nullable NodeEntry owner, long epoch) {
        String name = owner == null ? "another node" : "node " + owner.name();
        return new HorizonException(
                "HZ-MESH-011",
                "region "
                        + region.id()
                        + " of star system "
                        + region.starSystem()
                        + " is owned by "
                        + name
                        + " since epoch "
                        + epoch
                        + ": stop that node first, or, if its process is gone for good, run"
                        + " 'horizon mesh confirm-gone "
                        + (owner == null ? "NODE" : owner.name())
                        + "'");
    }

    private void requireRoom(NodeClaim claim, @Nullable NodeEntry known) {
        long fresh =
                claim.regions().stream()
                        .filter(region -> ledger.region(region.starSystem(), region.id()) == null)
                        .count();
        boolean hasRoom =
                ledger.admitsRegions((int) fresh)
                        && ledger.hasBlock()
                        && (known != null || ledger.admitsNode());
        if (!hasRoom) {
            throw new HorizonException(
                    "HZ-MESH-013",
                    "the coordinator is full: it remembers %d nodes, %d regions and %d lives"
                                    .formatted(
                                            Ledger.NODES_MAX, Ledger.REGIONS_MAX, Ledger.BLOCK_MAX)
                            + " at most; stop nodes, or use larger regions");
        }
    }
}
