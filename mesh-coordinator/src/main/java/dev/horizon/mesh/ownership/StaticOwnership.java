package dev.horizon.mesh.ownership;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ownership as configured: checked once, then constant. */
public final class StaticOwnership implements RegionOwnership {
    private final List<RegionAssignment> assignments;

    private StaticOwnership(List<RegionAssignment> assignments) {
        this.assignments = assignments;
    }

    /**
     * Checks the assignments.
     *
     * @throws HorizonException HZ-MESH-001 when there are none, HZ-MESH-002 for a box that contains
     *     no place, HZ-MESH-003 when two regions of a star system share an id, HZ-MESH-004 when two
     *     overlap, HZ-MESH-005 for an epoch below 1
     */
    public static StaticOwnership of(List<RegionAssignment> assignments) {
        if (assignments.isEmpty()) {
            throw new HorizonException(
                    "HZ-MESH-001", "no region is configured; give the node at least one region");
        }
        List<RegionAssignment> sorted =
                assignments.stream()
                        .sorted(
                                Comparator.comparing(
                                                (RegionAssignment a) -> a.region().starSystem())
                                        .thenComparing(a -> a.region().id()))
                        .toList();
        for (int i = 0; i < sorted.size(); i++) {
            Region region = sorted.get(i).region();
            checkAlone(region);
            for (int j = 0; j < i; j++) {
                checkPair(sorted.get(j).region(), region);
            }
        }
        return new StaticOwnership(sorted);
    }

    @Override
    public List<Region> regionsOf(String node) {
        return assignments.stream()
                .filter(assignment -> assignment.node().equals(node))
                .map(RegionAssignment::region)
                .toList();
    }

    @Override
    public @Nullable Region regionAt(String starSystem, double x, double y, double z) {
        for (RegionAssignment assignment : assignments) {
            Region region = assignment.region();
            if (region.starSystem().equals(starSystem) && region.contains(x, y, z)) {
                return region;
            }
        }
        return null;
    }

    @Override
    public @Nullable String ownerOf(String starSystem, int regionId) {
        for (RegionAssignment assignment : assignments) {
            Region region = assignment.region();
            if (region.id() == regionId && region.starSystem().equals(starSystem)) {
                return assignment.node();
            }
        }
        return null;
    }

    private static void checkAlone(Region region) {
        boolean holdsPlaces =
                region.minX() < region.maxX()
                        && region.minY() < region.maxY()
                        && region.minZ() < region.maxZ();
        if (!holdsPlaces) {
            throw new HorizonException(
                    "HZ-MESH-002",
                    name(region)
                            + " contains no place: each minimum must be below its maximum, and"
                            + " neither may be NaN");
        }
        if (region.epoch() < 1) {
            throw new HorizonException(
                    "HZ-MESH-005",
                    name(region) + " has epoch " + region.epoch() + "; epochs count from 1");
        }
    }

    private static void checkPair(Region a, Region b) {
        if (!a.starSystem().equals(b.starSystem())) {
            return;
        }
        if (a.id() == b.id()) {
            throw new HorizonException(
                    "HZ-MESH-003", name(b) + " is configured twice; region ids are unique");
        }
        boolean overlap =
                a.minX() < b.maxX()
                        && b.minX() < a.maxX()
                        && a.minY() < b.maxY()
                        && b.minY() < a.maxY()
                        && a.minZ() < b.maxZ()
                        && b.minZ() < a.maxZ();
        if (overlap) {
            throw new HorizonException(
                    "HZ-MESH-004",
                    name(a)
                            + " and "
                            + name(b)
                            + " overlap: a place has one owner, so shrink one of the boxes");
        }
    }

    private static String name(Region region) {
        return "region " + region.id() + " of star system " + region.starSystem();
    }
}
