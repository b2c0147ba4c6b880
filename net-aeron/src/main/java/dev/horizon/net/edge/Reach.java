package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;

/**
 * How far each tier reaches, by size class: index {@code 4 * size class + tier}. Sensors limit all
 * but bodies.
 */
final class Reach {
    static final int KINDS = 16;
    static final Tier[] TIERS = Tier.values();
    static final SizeClass[] SIZE_CLASSES = SizeClass.values();

    private static final int BODY = SizeClass.BODY.ordinal();

    /** Part of a radius that a viewer moves before its channels are chosen anew, at least. */
    private static final double SLACK_MIN = 0.01;

    /** Part of the CLOSE radius. */
    private static final double JUMP_PART = 0.25;

    final InterestRules rules;
    final double keep;

    /** What the distance of something held is weighted by. */
    final double favour;

    final double[] radius = new double[KINDS];

    /** Of a cell that is not split. */
    final double[] edge = new double[KINDS];

    final double[] margin = new double[KINDS];
    final double[] slack = new double[KINDS];
    final double[] error = new double[TIERS.length];

    /** A viewer that has moved farther since it was looked at is looked at again. */
    final double jumpMetres;

    Reach(ChannelConfig config) {
        rules = new InterestRules(config);
        keep = 1 + config.hysteresis();
        favour = 1 - config.hysteresis();
        double part = Math.max(SLACK_MIN, config.hysteresis() / 2);
        for (SizeClass sizeClass : SIZE_CLASSES) {
            for (Tier tier : TIERS) {
                int kind = kind(sizeClass.ordinal(), tier.ordinal());
                radius[kind] = config.radiusMetres(sizeClass, tier);
                edge[kind] = config.edgeMetres(sizeClass, tier);
                margin[kind] = config.marginMetres(sizeClass, tier);
                slack[kind] = radius[kind] * part;
            }
        }
        for (Tier tier : TIERS) {
            error[tier.ordinal()] = config.tier(tier).errorMetres();
        }
        jumpMetres = JUMP_PART * config.radiusMetres(SizeClass.CRAFT, Tier.CLOSE);
    }

    static int kind(int sizeClass, int tier) {
        return sizeClass * TIERS.length + tier;
    }

    /** What sensors leave of a radius; a range that is no number or negative counts as 0. */
    double radius(int kind, double sensorMetres) {
        if (kind / TIERS.length == BODY) {
            return radius[kind];
        }
        return Math.min(radius[kind], sensorMetres > 0 ? sensorMetres : 0);
    }

    /** Cells within it may hold an entity that counts for a viewer. */
    double cells(int kind, double sensorMetres) {
        double reach = radius(kind, sensorMetres);
        boolean near = kind % TIERS.length < 2;
        return (near ? reach * keep : reach) + margin[kind];
    }

    /** True for a cell, not a part of one, that a viewer needs: {@link Cover}. */
    boolean isCovered(long cellId, Viewer viewer) {
        int audience = ChannelId.audience(cellId);
        return (audience == 0 || contains(viewer.coveredAudiences, audience))
                && isNear(cellId, viewer, viewer.anchorSensorMetres);
    }

    private static boolean contains(int[] audiences, int audience) {
        for (int each : audiences) {
            if (each == audience) {
                return true;
            }
        }
        return false;
    }

    /** True when a cell is so near a viewer's anchor that a viewer with such sensors needs it. */
    boolean isNear(long channelId, Viewer viewer, double sensorMetres) {
        double[] at = viewer.anchors;
        if (at.length == 0) {
            return false;
        }
        int kind =
                kind(ChannelId.sizeClass(channelId).ordinal(), ChannelId.tier(channelId).ordinal());
        return rules.distance(channelId, at[3 * kind], at[3 * kind + 1], at[3 * kind + 2])
                <= cells(kind, sensorMetres) + slack[kind];
    }
}
