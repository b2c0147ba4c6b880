package dev.horizon.tools.soak.plan;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a player may be like. */
public enum BehaviourKind {
    /** Groups fly together from station to station by autopilot. */
    CONVOY(12, 0, 40_000, 0, Knob.GROUP, Knob.EVERY),
    /** Flies to a rock, cuts it, brings the ore to a station, and begins anew. */
    MINER(0, 0, 8_000, 0, Knob.EVERY),
    /** Groups of few meet, and steer and shoot at each other. */
    DOGFIGHT(2, 4, 0, 0, Knob.GROUP, Knob.RATE),
    /** All go to one place, and steer and shoot at anyone. */
    BATTLE(0, 4, 0, 0, Knob.RATE, Knob.AT),
    /** Talks to everybody in the star system. */
    CHAT_STORM(0, 0.5, 0, 0, Knob.RATE),
    /** Takes a ship and looks on. */
    IDLER(0, 0, 0, 0),
    /** All of them cut their connection at one moment, and come back. */
    RECONNECT_STORM(0, 0, 20_000, 0, Knob.EVERY),
    /** A connection that stalls now and then, and is cut at times. */
    MOBILE(0, 0, 15_000, 3_000, Knob.EVERY, Knob.STALL),
    /** Flies to and fro over a border between two nodes of a mesh. */
    COMMUTER(0, 0, 20_000, 0, Knob.EVERY, Knob.AT),
    /** Flies to a gate, and goes to and fro between two star systems. */
    JUMPER(0, 0, 15_000, 0, Knob.EVERY);

    /** What a plan may set of a behaviour. */
    enum Knob {
        /** How many belong together. */
        GROUP,
        /** How often in a second. */
        RATE,
        /** How long from one time to the next. */
        EVERY,
        /** How long nothing is read. */
        STALL,
        /** Where. */
        AT
    }

    private final int group;
    private final double rate;
    private final Duration every;
    private final Duration stall;
    private final Set<Knob> knobs = EnumSet.noneOf(Knob.class);

    BehaviourKind(int group, double rate, long everyMillis, long stallMillis, Knob... knobs) {
        this.group = group;
        this.rate = rate;
        this.every = Duration.ofMillis(everyMillis);
        this.stall = Duration.ofMillis(stallMillis);
        this.knobs.addAll(Set.of(knobs));
    }

    boolean has(Knob knob) {
        return knobs.contains(knob);
    }

    int group() {
        return group;
    }

    double rate() {
        return rate;
    }

    Duration every() {
        return every;
    }

    Duration stall() {
        return stall;
    }

    /** As it is typed. */
    public String word() {
        return SoakPlan.word(name());
    }

    static String names() {
        return SoakPlan.words(values()).toLowerCase(Locale.ROOT);
    }
}
