package dev.horizon.engine.events;

import java.util.Locale;

/**
 * What a node does while its ticks take more than they may: each step adds to those before it, in
 * this order. Nobody who behaves is disconnected at any of them.
 */
public enum OverloadStep {
    /** All is as configured. */
    NORMAL,
    /** Channels of MEDIUM come due half as often, those of LOW and SENSOR a quarter as often. */
    FAR_TIERS_SLOWER,
    /** Clients hold no more entities at CLOSE than {@code gateway.close-min}. */
    CLOSE_TIGHTER,
    /** What is only nice to know is told later: components that are declared cosmetic. */
    COSMETICS_SHED,
    /** Simulated time runs slower than real time. */
    TIME_DILATED;

    private static final OverloadStep[] ALL = values();

    /** The step of a number, the highest for numbers beyond it. */
    public static OverloadStep of(int number) {
        return ALL[Math.clamp(number, 0, ALL.length - 1)];
    }

    /** True when this step or one behind it is taken. */
    public boolean includes(OverloadStep other) {
        return compareTo(other) >= 0;
    }

    /** As messages, pages and metrics say it, such as {@code far-tiers-slower}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
