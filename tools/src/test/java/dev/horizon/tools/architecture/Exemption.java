package dev.horizon.tools.architecture;

import java.util.List;

/**
 * A class in a room of the tick that may use what is banned there, and why that cannot change what
 * a tick computes.
 */
record Exemption(String type, Ban ban, String reason) {
    static final List<Exemption> ALL =
            List.of(
                    new Exemption(
                            "dev.horizon.engine.dispatch.EventBus",
                            Ban.CLOCK,
                            "times handlers for the histograms, which no tick reads"),
                    new Exemption(
                            "dev.horizon.engine.schedule.Lane",
                            Ban.CLOCK,
                            "times systems for the histograms and for when to go parallel"),
                    new Exemption(
                            "dev.horizon.engine.schedule.Lane",
                            Ban.THREADS,
                            "says which thread runs a system, for who watches for one that hangs"),
                    new Exemption(
                            "dev.horizon.engine.dispatch.RunningHandler",
                            Ban.THREADS,
                            "says which thread runs a handler, for who watches for one that hangs"),
                    new Exemption(
                            "dev.horizon.engine.schedule.Crew",
                            Ban.THREADS,
                            "is the schedule's workers, whose results don't depend on their"
                                    + " number"),
                    new Exemption(
                            "dev.horizon.engine.schedule.Crew",
                            Ban.CLOCK,
                            "ends a helper's wait for work; who does a piece changes nothing of it"),
                    new Exemption(
                            "dev.horizon.engine.schedule.Niceness",
                            Ban.THREADS,
                            "makes threads beside the tick, and says how the kernel ranks them"),
                    new Exemption(
                            "dev.horizon.engine.tick.Snapshots",
                            Ban.CLOCK,
                            "times the copies for the metrics, which no tick reads"),
                    new Exemption(
                            "dev.horizon.engine.tick.RealClock",
                            Ban.CLOCK,
                            "paces ticks; nothing in the world sees it"),
                    new Exemption(
                            "dev.horizon.engine.tick.OperatorDesk",
                            Ban.THREADS,
                            "answers operators on threads of theirs, once the tick is recorded"),
                    new Exemption(
                            "dev.horizon.engine.tick.OperatorDesk",
                            Ban.HASH_ORDER,
                            "looks waiting operators up by request; never in order"),
                    new Exemption(
                            "dev.horizon.engine.tick.PluginChanges",
                            Ban.THREADS,
                            "tells who asked on threads of theirs; the change is a recorded input"),
                    new Exemption(
                            "dev.horizon.engine.tick.AsyncDesk",
                            Ban.THREADS,
                            "runs slow work off the tick; its answers are recorded inputs"),
                    new Exemption(
                            "dev.horizon.engine.tick.Inspector",
                            Ban.THREADS,
                            "hands copies to other threads, which change nothing"),
                    new Exemption(
                            "dev.horizon.engine.tick.CostSurvey",
                            Ban.THREADS,
                            "answers other threads with copies, which change nothing"),
                    new Exemption(
                            "dev.horizon.engine.tick.InspectorPage",
                            Ban.THREADS,
                            "is handed to another thread once it is filled"),
                    new Exemption(
                            "dev.horizon.engine.storage.ComponentRegistry",
                            Ban.HASH_ORDER,
                            "looks types up by class and name; their order is a list's"),
                    new Exemption(
                            "dev.horizon.engine.storage.Tables",
                            Ban.HASH_ORDER,
                            "looks tables up by composition; their order is that of creation"),
                    new Exemption(
                            "dev.horizon.engine.storage.DominionCatalogue",
                            Ban.IDENTITY,
                            "checks at start that Dominion's keys of classes don't collide"));

    static boolean covers(String type, Ban ban) {
        return ALL.stream()
                .anyMatch(exemption -> exemption.type.equals(type) && exemption.ban == ban);
    }
}
