package dev.horizon.tools.soak.bots;

import dev.horizon.tools.soak.plan.BehaviourPlan;
import dev.horizon.tools.soak.plan.SoakPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who of the bots plays what: a function of the plan and a bot's number. */
final class Cast {
    /** A bot's part: a behaviour, and how many bots before it have the same. */
    record Part(int behaviour, int ordinal) {}

    private final List<BehaviourPlan> behaviours;
    private final double aeronPart;
    private final int[] given;
    private final List<Part> parts = new ArrayList<>();
    private final Map<Integer, Brawl> brawls = new HashMap<>();

    Cast(SoakPlan plan) {
        behaviours = plan.behaviours();
        aeronPart = plan.aeronShare() / 100;
        given = new int[behaviours.size()];
    }

    /**
     * The part of a bot: each has the behaviour that is furthest behind its share, so that any
     * first so many bots are mixed as the plan says. The first so many of one behaviour are a
     * group.
     */
    Part part(int number) {
        while (parts.size() <= number) {
            int next = 0;
            for (int i = 1; i < given.length; i++) {
                if (due(i) < due(next)) {
                    next = i;
                }
            }
            parts.add(new Part(next, given[next]++));
        }
        return parts.get(number);
    }

    /** True for a bot that has no WebSocket: of any first so many, as many as the plan says. */
    boolean comesOverAeron(int number) {
        return Math.floor((number + 1) * aeronPart) > Math.floor(number * aeronPart);
    }

    private double due(int behaviour) {
        return (given[behaviour] + 1) / behaviours.get(behaviour).share();
    }

    /** The mind of a bot that comes. */
    Mind mind(int number) {
        Part part = part(number);
        BehaviourPlan plan = behaviours.get(part.behaviour());
        int ordinal = part.ordinal();
        long everyMillis = plan.every().toMillis();
        return switch (plan.kind()) {
            case CONVOY ->
                    new ConvoyMind(ordinal / plan.group(), ordinal % plan.group(), everyMillis);
            case MINER -> new MinerMind(everyMillis);
            case DOGFIGHT ->
                    new FightMind(
                            brawl(part.behaviour(), ordinal / plan.group(), true),
                            ordinal % plan.group(),
                            plan.rate(),
                            List.of());
            case BATTLE ->
                    new FightMind(
                            brawl(part.behaviour(), 0, false), ordinal, plan.rate(), plan.at());
            case CHAT_STORM -> new ChatMind(plan.rate());
            case IDLER -> new IdleMind();
            case RECONNECT_STORM -> new StormMind(everyMillis);
            case COMMUTER -> new CommuterMind(ordinal, everyMillis, plan.at());
            case JUMPER -> new JumperMind(ordinal, everyMillis);
            case MOBILE -> new MobileMind(everyMillis, plan.stall().toMillis());
        };
    }

    private Brawl brawl(int behaviour, int group, boolean isGroup) {
        return brawls.computeIfAbsent(behaviour << 16 | group, key -> new Brawl(group, isGroup));
    }
}
