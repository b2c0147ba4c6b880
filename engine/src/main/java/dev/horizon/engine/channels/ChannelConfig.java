package dev.horizon.engine.channels;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Collection;
import java.util.Locale;

/**
 * How the world is cut into channels and what each tier says: section {@code [channels]}.
 *
 * @param close the CLOSE tier
 * @param medium the MEDIUM tier
 * @param low the LOW tier
 * @param sensor the SENSOR tier
 * @param craftScale times the tiers' radii and edges for craft
 * @param capitalScale the same for capital ships
 * @param stationScale the same for stations and gates
 * @param bodyScale the same for stars, planets and moons
 * @param hysteresis part of an edge that an entity may be outside its cell, and of a radius that a
 *     viewer keeps a channel beyond it; at most 0.25
 * @param streamsPerTier streams over which a tier's channels are spread
 * @param maxFrameBytes a longer frame is split
 * @param keyframeIntervalTicks the least ticks between two keyframes of a channel
 * @param beaconHz beacons a second and stream
 * @param maxChannelsPerGateway subscriptions that one gateway may hold
 * @param maxGateways gateways that may subscribe
 * @param splitAbove a cell with more entities that have a place splits in eight; 0 for never
 * @param mergeBelow parts of a cell that together hold fewer merge
 * @param mergeAfterTicks how long they have held so few, at least
 * @param deadReckoning false to send the place of all that moves whenever its channel is due, even
 *     where receivers extrapolate it well: for measuring
 * @param steering false to send what is steered as if it weren't: for receivers of frames that know
 *     no steered flight
 */
public record ChannelConfig(
        TierConfig close,
        TierConfig medium,
        TierConfig low,
        TierConfig sensor,
        @Default("1") double craftScale,
        @Default("4") double capitalScale,
        @Default("20") double stationScale,
        @Default("1000") double bodyScale,
        @Default("0.1") double hysteresis,
        @Default("16") int streamsPerTier,
        @Default("32000") int maxFrameBytes,
        @Default("4") int keyframeIntervalTicks,
        @Default("2") double beaconHz,
        @Default("200000") int maxChannelsPerGateway,
        @Default("64") int maxGateways,
        @Default("1024") int splitAbove,
        @Default("384") int mergeBelow,
        @Default("200") int mergeAfterTicks,
        @Default("true") boolean deadReckoning,
        @Default("true") boolean steering) {
    /** Below this a frame with one entity and its components might not fit. */
    public static final int FRAME_BYTES_MIN = 1_024;

    /** Resolves the tiers' defaults and refuses what can't work. */
    public ChannelConfig {
        close = close.or(TierConfig.standard(Tier.CLOSE));
        medium = medium.or(TierConfig.standard(Tier.MEDIUM));
        low = low.or(TierConfig.standard(Tier.LOW));
        sensor = sensor.or(TierConfig.standard(Tier.SENSOR));
        require(craftScale > 0 && craftScale <= 1e6, "craft-scale", craftScale);
        require(capitalScale > 0 && capitalScale <= 1e6, "capital-scale", capitalScale);
        require(stationScale > 0 && stationScale <= 1e6, "station-scale", stationScale);
        require(bodyScale > 0 && bodyScale <= 1e6, "body-scale", bodyScale);
        require(hysteresis >= 0 && hysteresis <= 0.25, "hysteresis", hysteresis);
        require(streamsPerTier >= 1 && streamsPerTier <= 256, "streams-per-tier", streamsPerTier);
        require(
                maxFrameBytes >= FRAME_BYTES_MIN && maxFrameBytes <= 65_000,
                "max-frame-bytes",
                maxFrameBytes);
        require(
                keyframeIntervalTicks >= 1 && keyframeIntervalTicks <= 1_000,
                "keyframe-interval-ticks",
                keyframeIntervalTicks);
        require(beaconHz > 0 && beaconHz <= 120, "beacon-hz", beaconHz);
        require(maxChannelsPerGateway >= 1, "max-channels-per-gateway", maxChannelsPerGateway);
        require(maxGateways >= 1, "max-gateways", maxGateways);
        require(splitAbove >= 0 && splitAbove <= 60_000, "split-above", splitAbove);
        require(
                mergeBelow >= 0 && (mergeBelow <= splitAbove || splitAbove == 0),
                "merge-below",
                mergeBelow);
        require(
                mergeAfterTicks >= 1 && mergeAfterTicks <= 1_000_000,
                "merge-after-ticks",
                mergeAfterTicks);
    }

    /**
     * The same with other bounds for cells that split and merge.
     *
     * @param above see {@link #splitAbove}
     * @param below see {@link #mergeBelow}
     * @param afterTicks see {@link #mergeAfterTicks}
     */
    public ChannelConfig withSplits(int above, int below, int afterTicks) {
        return new ChannelConfig(
                close,
                medium,
                low,
                sensor,
                craftScale,
                capitalScale,
                stationScale,
                bodyScale,
                hysteresis,
                streamsPerTier,
                maxFrameBytes,
                keyframeIntervalTicks,
                beaconHz,
                maxChannelsPerGateway,
                maxGateways,
                above,
                below,
                afterTicks,
                deadReckoning,
                steering);
    }

    /** All defaults. */
    public static ChannelConfig standard() {
        return of(TierConfig.UNSET, TierConfig.UNSET, TierConfig.UNSET, TierConfig.UNSET);
    }

    /** Defaults apart from the tiers. */
    public static ChannelConfig of(
            TierConfig close, TierConfig medium, TierConfig low, TierConfig sensor) {
        return new ChannelConfig(
                close, medium, low, sensor, 1, 4, 20, 1_000, 0.1, 16, 32_000, 4, 2, 200_000, 64,
                1_024, 384, 200, true, true);
    }

    /**
     * Refuses names of components that aren't there, or that nobody replicates at the tier.
     *
     * @param known all components of the world
     * @throws HorizonException HZ-CFG-004 with the key and the name
     */
    public void requireComponents(Collection<? extends ComponentType<?>> known) {
        for (Tier tier : Tier.values()) {
            for (String name : tier(tier).components()) {
                if (!name.equals(TierConfig.ALL)
                        && known.stream()
                                .noneMatch(type ->
                                        type.name().equals(name) && type.tiers().contains(tier))) {
                    String key = "channels." + tier.name().toLowerCase(Locale.ROOT) + ".components";
                    throw new HorizonException(
                            "HZ-CFG-004",
                            "'"
                                    + key
                                    + "' names '"
                                    + name
                                    + "', which no loaded plugin replicates at that tier; name one that"
                                    + " is, or set it to [\"*\"]");
                }
            }
        }
    }

    /** A tier's promises. */
    public TierConfig tier(Tier tier) {
        return switch (tier) {
            case CLOSE -> close;
            case MEDIUM -> medium;
            case LOW -> low;
            case SENSOR -> sensor;
        };
    }

    /** What a size class multiplies radii and edges by. */
    public double scale(SizeClass sizeClass) {
        return switch (sizeClass) {
            case CRAFT -> craftScale;
            case CAPITAL -> capitalScale;
            case STATION -> stationScale;
            case BODY -> bodyScale;
        };
    }

    /** How far a tier reaches for a size class, metres. */
    public double radiusMetres(SizeClass sizeClass, Tier tier) {
        return tier(tier).radiusMetres() * scale(sizeClass);
    }

    /** Edge of a cell, metres: a float, so that the frame carries it exactly. */
    public float edgeMetres(SizeClass sizeClass, Tier tier) {
        return (float) (tier(tier).cellEdgeMetres() * scale(sizeClass));
    }

    /** Metres that an entity may be outside its cell before it changes cells. */
    public double marginMetres(SizeClass sizeClass, Tier tier) {
        return hysteresis * edgeMetres(sizeClass, tier);
    }

    private static void require(boolean holds, String name, double value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", out of range; see docs/replication.md");
        }
    }
}
