package dev.horizon.engine.channels;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import org.agrona.collections.LongHashSet;

/**
 * Which channels a viewer's place calls for: the rule of {@code docs/replication.md}, shared by
 * gateways and tests. Immutable and thread-safe; allocates nothing but what the caller's set needs.
 */
public final class InterestRules {
    /**
     * Channels that one place may call for. The defaults call for at most 48 per size class and
     * tier; a configuration whose cells are small against the radius stops here, nearest tiers
     * first.
     */
    public static final int CHANNELS_MAX = 4_096;

    private static final SizeClass[] SIZE_CLASSES = SizeClass.values();
    private static final Tier[] TIERS = Tier.values();

    private final double[] edges = new double[SIZE_CLASSES.length * TIERS.length];
    private final double[] reaches = new double[SIZE_CLASSES.length * TIERS.length];
    private final double keep;

    /** The rules of a configuration; node and gateway must have the same. */
    public InterestRules(ChannelConfig config) {
        keep = 1 + config.hysteresis();
        for (SizeClass sizeClass : SIZE_CLASSES) {
            for (Tier tier : TIERS) {
                int grid = sizeClass.ordinal() * TIERS.length + tier.ordinal();
                edges[grid] = config.edgeMetres(sizeClass, tier);
                reaches[grid] =
                        config.radiusMetres(sizeClass, tier) + config.marginMetres(sizeClass, tier);
            }
        }
    }

    /**
     * Fills a set with the channels that a place calls for.
     *
     * @param previous what the same viewer held before, for hysteresis; not changed
     * @param wanted receives the ids; emptied first. Another set than {@code previous}
     * @return how far, in metres, the viewer can move in any direction before the answer may
     *     change: until then it need not be asked again
     */
    public double channels(double x, double y, double z, LongHashSet previous, LongHashSet wanted) {
        wanted.clear();
        double slack = Double.MAX_VALUE;
        for (int tier = 0; tier < TIERS.length; tier++) {
            for (int sizeClass = 0; sizeClass < SIZE_CLASSES.length; sizeClass++) {
                slack = Math.min(slack, cells(sizeClass, tier, x, y, z, previous, wanted));
            }
        }
        return slack;
    }

    private double cells(
            int sizeClass,
            int tier,
            double x,
            double y,
            double z,
            LongHashSet previous,
            LongHashSet wanted) {
        int grid = sizeClass * TIERS.length + tier;
        double edge = edges[grid];
        double reach = reaches[grid];
        double furthest = reach * keep;
        int fromX = first(x - furthest, edge, ChannelId.CELL_MAX);
        int toX = last(x + furthest, edge, ChannelId.CELL_MAX);
        int fromY = first(y - furthest, edge, ChannelId.CELL_MAX);
        int toY = last(y + furthest, edge, ChannelId.CELL_MAX);
        int fromZ = first(z - furthest, edge, ChannelId.CELL_MAX);
        int toZ = last(z + furthest, edge, ChannelId.CELL_MAX);
        // How far the viewer may go before a cell outside of the box searched comes within reach.
        double slack = furthest - reach;
        for (int cellX = fromX; cellX <= toX; cellX++) {
            double dx = distance(x, cellX, edge);
            for (int cellY = fromY; cellY <= toY; cellY++) {
                double dy = distance(y, cellY, edge);
                for (int cellZ = fromZ; cellZ <= toZ; cellZ++) {
                    double dz = distance(z, cellZ, edge);
                    double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
                    if (distance > furthest) {
                        continue;
                    }
                    long id = ChannelId.pack(sizeClass, tier, cellX, cellY, cellZ);
                    if (distance <= reach || previous.contains(id)) {
                        if (wanted.size() >= CHANNELS_MAX) {
                            return 0;
                        }
                        wanted.add(id);
                        slack = Math.min(slack, furthest - distance);
                    } else {
                        slack = Math.min(slack, distance - reach);
                    }
                }
            }
        }
        return slack;
    }

    /**
     * Collects the cells of one size class and tier that come within a distance of a place.
     *
     * @param reachMetres from the place to the nearest point of a cell
     * @param ids receives the channels' ids; those that it has no room for are left out
     * @return how many there are; 0 for a place that is no number or beyond all cells
     */
    public int cover(
            SizeClass sizeClass,
            Tier tier,
            double x,
            double y,
            double z,
            double reachMetres,
            long[] ids) {
        return cover(sizeClass, tier, 0, x, y, z, reachMetres, ids);
    }

    /**
     * The same of an audience's cells; 0 for everybody's.
     *
     * @param audience at most {@link dev.horizon.engine.world.Veil#AUDIENCE_MAX}
     */
    public int cover(
            SizeClass sizeClass,
            Tier tier,
            int audience,
            double x,
            double y,
            double z,
            double reachMetres,
            long[] ids) {
        double base = edges[sizeClass.ordinal() * TIERS.length + tier.ordinal()];
        double edge = audience == 0 ? base : base * ChannelId.AUDIENCE_EDGES;
        int most = audience == 0 ? ChannelId.CELL_MAX : ChannelId.AUDIENCE_CELL_MAX;
        int toX = last(x + reachMetres, edge, most);
        int toY = last(y + reachMetres, edge, most);
        int toZ = last(z + reachMetres, edge, most);
        int count = 0;
        for (int cellX = first(x - reachMetres, edge, most); cellX <= toX; cellX++) {
            double dx = distance(x, cellX, edge);
            for (int cellY = first(y - reachMetres, edge, most); cellY <= toY; cellY++) {
                double dy = distance(y, cellY, edge);
                for (int cellZ = first(z - reachMetres, edge, most); cellZ <= toZ; cellZ++) {
                    double dz = distance(z, cellZ, edge);
                    if (Math.sqrt(dx * dx + dy * dy + dz * dz) <= reachMetres) {
                        if (count == ids.length) {
                            return count;
                        }
                        ids[count++] =
                                ChannelId.packCell(
                                        sizeClass.ordinal(),
                                        tier.ordinal(),
                                        audience,
                                        cellX,
                                        cellY,
                                        cellZ);
                    }
                }
            }
        }
        return count;
    }

    /**
     * Metres from a place to the nearest point of a channel's cell; 0 inside, and for what an
     * audience hears of wherever it is.
     */
    public double distance(long channelId, double x, double y, double z) {
        if (ChannelId.isPlaceless(channelId)) {
            return 0;
        }
        double edge =
                ChannelId.edge(
                        channelId,
                        edges[
                                ChannelId.sizeClass(channelId).ordinal() * TIERS.length
                                        + ChannelId.tier(channelId).ordinal()]);
        double dx = distance(x, ChannelId.cellX(channelId), edge);
        double dy = distance(y, ChannelId.cellY(channelId), edge);
        double dz = distance(z, ChannelId.cellZ(channelId), edge);
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** True when one entity's place is near enough to be received at a tier, cells apart. */
    public boolean isInReach(SizeClass sizeClass, Tier tier, double distanceMetres) {
        int grid = sizeClass.ordinal() * TIERS.length + tier.ordinal();
        return distanceMetres <= reaches[grid];
    }

    /** The ids that stand for a whole star system at one tier, of every size class. */
    public static long[] wholeSystem(Tier tier) {
        long[] ids = new long[SIZE_CLASSES.length];
        for (SizeClass sizeClass : SIZE_CLASSES) {
            ids[sizeClass.ordinal()] = ChannelId.whole(sizeClass, tier);
        }
        return ids;
    }

    /** Distance from a place to a cell's extent along one axis. */
    private static double distance(double place, int cell, double edge) {
        double below = cell * edge - place;
        double above = place - (cell + 1) * edge;
        return Math.max(0, Math.max(below, above));
    }

    /** Beyond all cells, and for what isn't a number, the range is empty. */
    private static int first(double place, double edge, int cellMax) {
        double cell = Math.floor(place / edge);
        if (!(cell <= cellMax)) {
            return Integer.MAX_VALUE;
        }
        return (int) Math.max(cell, -cellMax);
    }

    private static int last(double place, double edge, int cellMax) {
        double cell = Math.floor(place / edge);
        if (!(cell >= -cellMax)) {
            return Integer.MIN_VALUE;
        }
        return (int) Math.min(cell, cellMax);
    }
}
