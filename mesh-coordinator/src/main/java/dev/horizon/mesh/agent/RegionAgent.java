package dev.horizon.mesh.agent;

import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.RegionLeft;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.OwnedRegion;
import dev.horizon.mesh.protocol.OwnedRegion.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in regions that move: lets the tick loop know what leaves and what comes, and gives
 * a region up once nothing is in it, before it says so. One thread.
 */
final class RegionAgent {
    private final NodeClaim claim;
    private int revision = -1;
    private List<OwnedRegion> known = List.of();

    /** Regions that were given up, and at which epoch; another epoch of one is its own again. */
    private final Map<Integer, Long> left = new HashMap<>();

    /** True while the node owns what it has started with, which its loop knows. */
    private boolean isAsStarted = true;

    private @Nullable TransferDesk told;

    RegionAgent(NodeClaim claim) {
        this.claim = claim;
    }

    /** The last that it has taken of what the coordinator said. */
    int revision() {
        return Math.max(0, revision);
    }

    /**
     * Takes what the coordinator says.
     *
     * @return false for what it has taken, or what is older
     */
    boolean take(NodeWelcome welcome) {
        if (revision >= 0 && welcome.revision() <= revision) {
            return false;
        }
        isAsStarted =
                revision < 0
                        && !welcome.regions().isEmpty()
                        && welcome.regions().stream().allMatch(RegionAgent::isOwned);
        revision = welcome.revision();
        known = welcome.regions().stream().map(this::placed).toList();
        left.entrySet().removeIf(each -> !isKnown(each.getKey(), each.getValue()));
        told = null;
        return true;
    }

    private static boolean isOwned(OwnedRegion region) {
        return region.standing() == Standing.OWNED;
    }

    /** A coordinator of before regions moved doesn't repeat the box. */
    private OwnedRegion placed(OwnedRegion of) {
        for (Region each : claim.regions()) {
            if (Double.isNaN(of.region().minX()) && each.id() == of.region().id()) {
                return new OwnedRegion(each.at(of.region().epoch()), of.standing());
            }
        }
        return of;
    }

    private boolean isKnown(int region, long epoch) {
        return known.stream()
                .anyMatch(each -> each.region().id() == region && each.region().epoch() == epoch);
    }

    /** What the node owns. */
    List<Region> owned() {
        return known.stream()
                .filter(each -> each.standing() != Standing.COMING && !hasLeft(each.region()))
                .map(OwnedRegion::region)
                .toList();
    }

    private boolean hasLeft(Region region) {
        Long epoch = left.get(region.id());
        return epoch != null && epoch == region.epoch();
    }

    /**
     * One turn of a node that ticks.
     *
     * @return true when it owns less than before
     */
    boolean doWork(@Nullable TransferDesk desk) {
        if (desk == null) {
            return false;
        }
        if (desk != told) {
            told = desk;
            if (!isAsStarted) {
                desk.regions(
                        regions(Standing.OWNED, Standing.COMING), regions(Standing.LEAVING, null));
            }
            return false;
        }
        if (!desk.isEmptied()) {
            return false; // without a list, in the turn of a node whose regions stay
        }
        boolean isLess = false;
        for (Region each : regions(Standing.LEAVING, null)) {
            if (!hasLeft(each)) {
                left.put(each.id(), each.epoch());
                isLess = true;
            }
        }
        return isLess;
    }

    private List<Region> regions(Standing one, @Nullable Standing other) {
        return known.stream()
                .filter(each -> each.standing() == one || each.standing() == other)
                .map(OwnedRegion::region)
                .toList();
    }

    /** Says which regions it has given up, until the coordinator has heard of it. */
    void speak(long home, long life, Consumer<MeshMessage> coordinator) {
        left.forEach(
                (region, epoch) -> coordinator.accept(new RegionLeft(home, life, region, epoch)));
    }
}
