package dev.horizon.tools.config;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.TierConfig;
import dev.horizon.engine.plugin.Default;

/**
 * Who sees what, how often, how exactly: one table per tier.
 *
 * @param closeRadiusMetres of a craft; bigger size classes scale it
 * @param mediumRadiusMetres as above
 * @param lowRadiusMetres as above
 * @param closeHz frames per second of a channel
 * @param mediumHz as above
 * @param lowHz as above
 * @param sensorHz as above
 * @param closeErrorMetres between a client's extrapolation and the truth
 * @param mediumErrorMetres as above
 * @param lowErrorMetres as above
 * @param sensorErrorMetres as above
 */
@Doc("Who sees what, how often and how exactly, tier by tier.")
public record ChannelSettings(
        @Default("1000") @Range(min = 10, max = 1e6) @Doc("Radius of CLOSE around a craft, metres.")
                double closeRadiusMetres,
        @Default("10000") @Range(min = 100, max = 1e7) @Doc("Radius of MEDIUM, metres.")
                double mediumRadiusMetres,
        @Default("100000") @Range(min = 1000, max = 1e8) @Doc("Radius of LOW, metres.")
                double lowRadiusMetres,
        @Default("120")
                @Range(min = 0.1, max = 1_000)
                @Doc("Frames per second at CLOSE; at the tick rate or above: every tick.")
                double closeHz,
        @Default("5") @Range(min = 0.1, max = 120) @Doc("Frames per second at MEDIUM.")
                double mediumHz,
        @Default("1") @Range(min = 0.02, max = 120) @Doc("Frames per second at LOW.") double lowHz,
        @Default("0.2") @Range(min = 0.01, max = 120) @Doc("Frames per second at SENSOR.")
                double sensorHz,
        @Default("0.25") @Range(min = 0.001, max = 1e6) @Doc("Error bound at CLOSE, metres.")
                double closeErrorMetres,
        @Default("2.5") @Range(min = 0.001, max = 1e6) @Doc("Error bound at MEDIUM, metres.")
                double mediumErrorMetres,
        @Default("25") @Range(min = 0.001, max = 1e6) @Doc("Error bound at LOW, metres.")
                double lowErrorMetres,
        @Default("250") @Range(min = 0.001, max = 1e7) @Doc("Error bound at SENSOR, metres.")
                double sensorErrorMetres) {
    /** The same for the channels; what isn't set here keeps the engine's default. */
    public ChannelConfig channelConfig(int streamsPerTier) {
        TierConfig close = tier(closeRadiusMetres, closeHz, closeErrorMetres);
        TierConfig medium = tier(mediumRadiusMetres, mediumHz, mediumErrorMetres);
        TierConfig low = tier(lowRadiusMetres, lowHz, lowErrorMetres);
        ChannelConfig base =
                ChannelConfig.of(close, medium, low, tier(0, sensorHz, sensorErrorMetres));
        return new ChannelConfig(
                base.close(),
                base.medium(),
                base.low(),
                base.sensor(),
                base.craftScale(),
                base.capitalScale(),
                base.stationScale(),
                base.bodyScale(),
                base.hysteresis(),
                streamsPerTier,
                base.maxFrameBytes(),
                base.keyframeIntervalTicks(),
                base.beaconHz(),
                base.maxChannelsPerGateway(),
                base.maxGateways(),
                base.deadReckoning());
    }

    private static TierConfig tier(double radiusMetres, double rateHz, double errorMetres) {
        return new TierConfig(radiusMetres, rateHz, errorMetres, 0, 0);
    }
}
