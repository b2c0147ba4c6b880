package dev.horizon.engine.channels;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;
import java.util.List;

/**
 * What one tier promises. A value of 0 stands for the tier's default.
 *
 * @param radiusMetres how far from a viewer the tier reaches, before the size class scales it
 * @param rateHz how often a channel comes due; at the tick rate or above: every tick
 * @param errorMetres bound of what a receiver may be off when the channel is due
 * @param attitudeErrorDegrees the same for attitude; 180 and more: the tier carries no attitude
 * @param cellEdgeMetres edge of its cells, before the size class scales it
 * @param components names of those that it carries, of all that are {@link Replicated} at it; one
 *     {@code *} stands for all, an empty list for none
 */
public record TierConfig(
        @Default("0") double radiusMetres,
        @Default("0") double rateHz,
        @Default("0") double errorMetres,
        @Default("0") double attitudeErrorDegrees,
        @Default("0") double cellEdgeMetres,
        @Default("*") List<String> components) {
    /** In {@link #components}: all. */
    public static final String ALL = "*";

    /** All defaults, to be resolved by {@link #or}. */
    public static final TierConfig UNSET = new TierConfig(0, 0, 0, 0, 0);

    /** A tier with all components. */
    public TierConfig(
            double radiusMetres,
            double rateHz,
            double errorMetres,
            double attitudeErrorDegrees,
            double cellEdgeMetres) {
        this(radiusMetres, rateHz, errorMetres, attitudeErrorDegrees, cellEdgeMetres, List.of(ALL));
    }

    /** Refuses negative and non-finite values. */
    public TierConfig {
        check("radius-metres", radiusMetres);
        check("rate-hz", rateHz);
        check("error-metres", errorMetres);
        check("attitude-error-degrees", attitudeErrorDegrees);
        check("cell-edge-metres", cellEdgeMetres);
        components = List.copyOf(components);
    }

    /** The values that hold where nothing is configured. */
    public static TierConfig standard(Tier tier) {
        return switch (tier) {
            case CLOSE -> new TierConfig(1_000, 120, 0.25, 1, 4_000);
            case MEDIUM -> new TierConfig(10_000, 5, 2.5, 2, 10_000);
            case LOW -> new TierConfig(100_000, 1, 25, 10, 100_000);
            case SENSOR -> new TierConfig(1_000_000, 0.2, 250, 180, 1_000_000);
        };
    }

    /** This with another's values where this has none; cells follow a configured radius. */
    TierConfig or(TierConfig standard) {
        double follows = radiusMetres * (standard.cellEdgeMetres / standard.radiusMetres);
        double edge = cellEdgeMetres > 0 ? cellEdgeMetres : follows;
        return new TierConfig(
                pick(radiusMetres, standard.radiusMetres),
                pick(rateHz, standard.rateHz),
                pick(errorMetres, standard.errorMetres),
                pick(attitudeErrorDegrees, standard.attitudeErrorDegrees),
                pick(edge, standard.cellEdgeMetres),
                components);
    }

    /** True when the tier carries a component. */
    boolean carries(Tier tier, ComponentType<?> type) {
        return type.tiers().contains(tier)
                && (components.contains(ALL) || components.contains(type.name()));
    }

    private static double pick(double value, double otherwise) {
        return value > 0 ? value : otherwise;
    }

    private static void check(String name, double value) {
        if (!(value >= 0) || value > 1e15) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; set it to 0 (default) or a positive number");
        }
    }
}
