package dev.horizon.tools.soak.plan;

import dev.horizon.engine.plugin.Default;
import dev.horizon.tools.soak.plan.BehaviourKind.Knob;
import java.time.Duration;
import java.util.List;

/**
 * A part of the players, and what they are like. What isn't set is the kind's own.
 *
 * @param kind what they do
 * @param share of the players, relative to the other behaviours'
 * @param group how many belong together
 * @param rate of what they do most, in a second
 * @param every time from one to the next of what they do seldom
 * @param stall how long nothing is read, at most
 * @param at a place, three numbers in metres
 */
public record BehaviourPlan(
        BehaviourKind kind,
        @Default("1") double share,
        @Default("0") int group,
        @Default("0") double rate,
        @Default("0s") Duration every,
        @Default("0s") Duration stall,
        List<Double> at) {
    private static final int GROUP_MAX = 1_000;

    /** Above what the gateway lets through by default, so that floods can be tried. */
    private static final double RATE_MAX = 200;

    /** Refuses what the kind has no use for, and fills in the kind's own. */
    public BehaviourPlan {
        SoakPlan.require(share > 0, kind.word() + ": share is a number above 0");
        given(kind, Knob.GROUP, group != 0);
        given(kind, Knob.RATE, rate != 0);
        given(kind, Knob.EVERY, !every.isZero());
        given(kind, Knob.STALL, !stall.isZero());
        given(kind, Knob.AT, !at.isEmpty());
        SoakPlan.require(
                group >= 0 && group <= GROUP_MAX, kind.word() + ": group is 1 to " + GROUP_MAX);
        SoakPlan.require(
                rate >= 0 && rate <= RATE_MAX, kind.word() + ": rate is up to " + RATE_MAX);
        SoakPlan.require(
                at.isEmpty() || at.size() == 3,
                kind.word() + ": at is a place of three numbers, as in [1e6, 0.0, 0.0]");
        group = group == 0 ? kind.group() : group;
        rate = rate == 0 ? kind.rate() : rate;
        every = every.isZero() ? kind.every() : every;
        stall = stall.isZero() ? kind.stall() : stall;
    }

    private static void given(BehaviourKind kind, Knob knob, boolean isGiven) {
        SoakPlan.require(
                !isGiven || kind.has(knob),
                kind.word() + " has no use for '" + SoakPlan.word(knob.name()) + "': remove it");
    }
}
