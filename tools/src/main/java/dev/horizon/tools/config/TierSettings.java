package dev.horizon.tools.config;

import dev.horizon.engine.channels.TierConfig;
import dev.horizon.engine.plugin.Default;
import java.util.List;

/**
 * What one tier promises; 0 stands for the tier's default.
 *
 * @param radiusMetres around a craft; bigger size classes scale it
 * @param rateHz frames per second of a channel
 * @param errorMetres between a client's extrapolation and the truth
 * @param attitudeErrorDegrees the same for attitude
 * @param cellEdgeMetres of a craft's cells
 * @param components names of what the tier carries
 */
public record TierSettings(
        @Default("0")
                @Range(min = 0, max = 1e9)
                @Doc(
                        "Radius around a craft, metres. 0: 1,000 at CLOSE, 10,000 at MEDIUM, 100,000 at LOW, 1,000,000 at SENSOR.")
                double radiusMetres,
        @Default("0")
                @Range(min = 0, max = 1_000)
                @Doc(
                        "Times a second that a channel comes due, at most every tick. 0: every tick at CLOSE, 5 at MEDIUM, 1 at LOW, 0.2 at SENSOR.")
                double rateHz,
        @Default("0")
                @Range(min = 0, max = 1e7)
                @Doc(
                        "Error bound, metres. 0: 0.25 at CLOSE, 2.5 at MEDIUM, 25 at LOW, 250 at SENSOR.")
                double errorMetres,
        @Default("0")
                @Range(min = 0, max = 180)
                @Doc(
                        "Error bound of attitudes, degrees; 180: none are sent. 0: 1 at CLOSE, 2 at MEDIUM, 10 at LOW, 180 at SENSOR.")
                double attitudeErrorDegrees,
        @Default("0")
                @Range(min = 0, max = 1e9)
                @Doc(
                        "Edge of a craft's cells, metres. 0: the radius, of CLOSE four times the radius.")
                double cellEdgeMetres,
        @Default("*")
                @Doc(
                        "Names of the components that the tier carries, of those replicated at it; `*`: all.")
                List<String> components) {
    /** The same for the channels. */
    TierConfig tierConfig() {
        return new TierConfig(
                radiusMetres,
                rateHz,
                errorMetres,
                attitudeErrorDegrees,
                cellEdgeMetres,
                components);
    }
}
