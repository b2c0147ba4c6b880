package dev.horizon.mesh.coordinator;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage.RegionMerge;
import dev.horizon.mesh.protocol.MeshMessage.RegionSplit;
import dev.horizon.mesh.protocol.RegionEntry;

/**
 * Regions that are cut in two, and put together again. Nothing changes hands: their owner has both
 * parts, and what is in them stays where it is until one of them moves. Not thread-safe.
 */
final class Cuts {
    private final Ledger ledger;
    private final Moves moves;

    Cuts(Ledger ledger, Moves moves) {
        this.ledger = ledger;
        this.moves = moves;
    }

    /**
     * Cuts a region in two; the lower part keeps its number.
     *
     * @return what came of it
     * @throws HorizonException HZ-MESH-029 or 032 for what is in the way
     */
    String split(RegionSplit asked) {
        RegionEntry entry = settled(asked.starSystem(), asked.region());
        Region whole = entry.region();
        for (RegionEntry each : ledger.regions()) {
            if (isUpperPart(each.region(), whole, asked)) {
                return said(whole, each.region().id()); // It was asked before.
            }
        }
        boolean isWithin =
                asked.axis() >= 0
                        && asked.axis() < 3
                        && asked.at() > min(whole, asked.axis())
                        && asked.at() < max(whole, asked.axis());
        if (!isWithin) {
            throw unable("the place is not within region " + whole.id());
        }
        if (!ledger.admitsRegions(1) || !ledger.hasBlock()) {
            throw unable("the coordinator remembers as many regions as it can");
        }
        // A number that is never given again: so an epoch of it names one owner.
        int part = RegionEntry.PARTS_FROM + ledger.takeBlock();
        long epoch = whole.epoch() + 1;
        Region lower = box(whole, whole.id(), epoch, asked.axis(), Double.NaN, asked.at());
        Region upper = box(whole, part, epoch, asked.axis(), asked.at(), Double.NaN);
        moves.put(new RegionEntry(lower, entry.owner(), 0, entry.owner()));
        moves.put(new RegionEntry(upper, entry.owner(), 0, entry.owner()));
        return said(whole, part);
    }

    private static String said(Region whole, int part) {
        return "the upper part of region %d of %s is region %d"
                .formatted(whole.id(), whole.starSystem(), part);
    }

    private static boolean isUpperPart(Region part, Region lower, RegionSplit asked) {
        return part.id() >= RegionEntry.PARTS_FROM
                && part.starSystem().equals(lower.starSystem())
                && max(lower, asked.axis()) == asked.at()
                && min(part, asked.axis()) == asked.at();
    }

    /**
     * Puts a part back.
     *
     * @return what came of it
     * @throws HorizonException HZ-MESH-029 or 032 for what is in the way
     */
    String merge(RegionMerge asked) {
        RegionEntry entry = settled(asked.starSystem(), asked.region());
        boolean isPart = asked.part() >= RegionEntry.PARTS_FROM;
        if (isPart && ledger.region(asked.starSystem(), asked.part()) == null) {
            return "there is no region %d any more".formatted(asked.part()); // Asked before.
        }
        RegionEntry part = settled(asked.starSystem(), asked.part());
        if (!isPart || asked.part() == asked.region()) {
            throw unable("region " + asked.part() + " was not made by a split");
        }
        if (entry.owner() != part.owner()) {
            throw unable("two nodes have them: move one to the other's first");
        }
        Region whole = entry.region().joined(part.region());
        if (whole == null) {
            throw unable("regions %d and %d make no box".formatted(asked.region(), asked.part()));
        }
        ledger.remove(part);
        moves.put(new RegionEntry(whole, entry.owner(), 0, entry.owner()));
        return "region %d of %s is part of region %d again"
                .formatted(asked.part(), asked.starSystem(), asked.region());
    }

    private RegionEntry settled(String starSystem, int id) {
        RegionEntry entry = moves.region(starSystem, id);
        if (entry.owner() == 0) {
            throw unable("nobody has region " + id + ": move it to a node first");
        }
        if (entry.heir() != 0) {
            throw unable("region " + id + " moves: wait for its end");
        }
        return entry;
    }

    /** The same with another bound on an axis; NaN leaves it. */
    private static Region box(Region of, int id, long epoch, int axis, double min, double max) {
        double[] mins = {of.minX(), of.minY(), of.minZ()};
        double[] maxs = {of.maxX(), of.maxY(), of.maxZ()};
        mins[axis] = Double.isNaN(min) ? mins[axis] : min;
        maxs[axis] = Double.isNaN(max) ? maxs[axis] : max;
        return new Region(
                id, of.starSystem(), epoch, mins[0], mins[1], mins[2], maxs[0], maxs[1], maxs[2]);
    }

    /** True where a star system has regions that no configuration knows. */
    static boolean isAny(Ledger ledger, String starSystem) {
        return ledger.regions().stream()
                .anyMatch(each ->
                        each.region().id() >= RegionEntry.PARTS_FROM
                                && each.region().starSystem().equals(starSystem));
    }

    private static double min(Region of, int axis) {
        return axis == 0 ? of.minX() : axis == 1 ? of.minY() : of.minZ();
    }

    private static double max(Region of, int axis) {
        return axis == 0 ? of.maxX() : axis == 1 ? of.maxY() : of.maxZ();
    }

    private static HorizonException unable(String why) {
        return new HorizonException(
                "HZ-MESH-032",
                "the region can't be cut or put together: "
                        + why
                        + "; 'horizon mesh status' shows nodes and regions");
    }
}
