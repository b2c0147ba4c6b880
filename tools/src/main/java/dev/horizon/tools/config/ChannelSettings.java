package dev.horizon.tools.config;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.plugin.Default;

/**
 * Who sees what, how often, how exactly.
 *
 * @param close the CLOSE tier
 * @param medium the MEDIUM tier
 * @param low the LOW tier
 * @param sensor the SENSOR tier
 * @param capitalScale of radii and edges for capital ships
 * @param stationScale the same for stations and gates
 * @param bodyScale the same for stars, planets and moons
 * @param hysteresis of cells and subscriptions
 * @param splitAbove entities above which a cell splits
 * @param mergeBelow entities below which its parts merge
 * @param mergeAfterTicks after how long
 * @param deadReckoning false to send every due update
 */
@Doc("Who sees what, how often and how exactly, tier by tier.")
public record ChannelSettings(
        TierSettings close,
        TierSettings medium,
        TierSettings low,
        TierSettings sensor,
        @Default("4")
                @Range(min = 0.001, max = 1e6)
                @Doc("Times radii and cell edges for capital ships.")
                double capitalScale,
        @Default("20")
                @Range(min = 0.001, max = 1e6)
                @Doc("Times radii and cell edges for stations and gates.")
                double stationScale,
        @Default("1000")
                @Range(min = 0.001, max = 1e6)
                @Doc("Times radii and cell edges for stars, planets and moons.")
                double bodyScale,
        @Default("0.1")
                @Range(min = 0, max = 0.25)
                @Doc("Part of an edge that an entity may be outside its cell before it changes it.")
                double hysteresis,
        @Default("1024")
                @Range(min = 0, max = 60_000)
                @Doc("A cell with more entities splits in eight, at most three times; 0 for never.")
                int splitAbove,
        @Default("384")
                @Range(min = 0, max = 60_000)
                @Doc(
                        "Parts of a cell that together hold fewer entities merge; at most split-above.")
                int mergeBelow,
        @Default("200")
                @Range(min = 1, max = 1_000_000)
                @Doc("How long parts of a cell hold so few before they merge, ticks.")
                int mergeAfterTicks,
        @Default("true")
                @Doc(
                        "False sends the place of all that moves whenever its channel is due, even where clients extrapolate it well: for measuring.")
                boolean deadReckoning,
        @Default("true")
                @Doc(
                        "False sends what is steered as if it weren't: for receivers of frames that know no steered flight.")
                boolean steering) {
    /** The same for the channels; what isn't set here keeps the engine's default. */
    public ChannelConfig channelConfig(int streamsPerTier) {
        ChannelConfig base = ChannelConfig.standard();
        return new ChannelConfig(
                close.tierConfig(),
                medium.tierConfig(),
                low.tierConfig(),
                sensor.tierConfig(),
                base.craftScale(),
                capitalScale,
                stationScale,
                bodyScale,
                hysteresis,
                streamsPerTier,
                base.maxFrameBytes(),
                base.keyframeIntervalTicks(),
                base.beaconHz(),
                base.maxChannelsPerGateway(),
                base.maxGateways(),
                splitAbove,
                mergeBelow,
                mergeAfterTicks,
                deadReckoning,
                steering);
    }
}
