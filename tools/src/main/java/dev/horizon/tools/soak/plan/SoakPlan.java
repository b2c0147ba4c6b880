package dev.horizon.tools.soak.plan;

import dev.horizon.engine.config.Spelling;
import dev.horizon.engine.plugin.Default;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A plan.
 *
 * @param name of the plan, in reports and the names of folders
 * @param seed of every choice that a bot makes
 * @param heap of the node that is started
 * @param aeronShare of the players who come over Aeron, per cent
 * @param mesh that is started instead of a node alone, where it has nodes
 * @param stages one after the other
 * @param behaviours that players are divided among
 * @param faults that happen meanwhile
 * @param thresholds that decide whether it passed
 */
public record SoakPlan(
        String name,
        @Default("1") long seed,
        @Default("1g") String heap,
        @Default("0") double aeronShare,
        MeshPlan mesh,
        List<StagePlan> stages,
        List<BehaviourPlan> behaviours,
        List<FaultPlan> faults,
        List<ThresholdPlan> thresholds) {
    /** A week: what is longer is a slip of the pen. */
    private static final Duration DURATION_MAX = Duration.ofDays(7);

    /** Half of a gateway's: those who lost their lines and come back have two for a while. */
    private static final int AERON_PLAYERS_MAX = 250;

    /** Of one process that opens 20,000 files at most. */
    private static final int PLAYERS_MAX = 19_000;

    /** Refuses what contradicts itself. */
    public SoakPlan {
        require(
                name.matches("[a-z0-9][a-z0-9-]{0,39}"),
                "name is '" + name + "': write up to 40 of a-z, 0-9 and -, as it names folders");
        require(
                heap.matches("[1-9][0-9]*[mg]"),
                "heap is '" + heap + "': write it as Java does, such as 512m or 2g");
        require(
                aeronShare >= 0 && aeronShare <= 100,
                "aeron-share is " + aeronShare + ": write 0 to 100, per cent of the players");
        require(!stages.isEmpty(), "there are no stages: write [[stages]] with what players do");
        require(
                !behaviours.isEmpty(),
                "there are no behaviours: write [[behaviours]], at least one of "
                        + BehaviourKind.names());
        long distinct = stages.stream().map(StagePlan::name).distinct().count();
        require(distinct == stages.size(), "two stages have one name: call them differently");
        Duration whole = duration(stages);
        require(
                whole.compareTo(DURATION_MAX) <= 0,
                "the stages take " + whole.toDays() + " days together: 7 are the most");
        for (StagePlan stage : stages) {
            require(
                    stage.players() <= PLAYERS_MAX,
                    stage.players() + " players are more than one process bears: " + PLAYERS_MAX);
        }
        double byAeron = aeronShare / 100 * playersMax(stages);
        require(
                byAeron <= AERON_PLAYERS_MAX,
                "%.0f players over Aeron are more than a gateway takes: %d"
                        .formatted(byAeron, AERON_PLAYERS_MAX));
        requireMesh(mesh, aeronShare, behaviours, faults, thresholds);
        for (FaultPlan fault : faults) {
            require(
                    fault.kind() != FaultKind.LOSS || aeronShare > 0,
                    "a loss is of datagrams to players who come over Aeron: set aeron-share");
            require(
                    fault.at().compareTo(whole) < 0,
                    "a "
                            + fault.kind().word()
                            + " at "
                            + fault.at().toSeconds()
                            + "s comes after the end at "
                            + whole.toSeconds()
                            + "s");
        }
        List<String> names = stages.stream().map(StagePlan::name).toList();
        for (ThresholdPlan threshold : thresholds) {
            require(
                    threshold.stage().isEmpty() || names.contains(threshold.stage()),
                    "there is no stage '"
                            + threshold.stage()
                            + "' for "
                            + threshold.figure()
                            + meant(threshold.stage(), names));
        }
    }

    private static void requireMesh(
            MeshPlan mesh,
            double aeronShare,
            List<BehaviourPlan> behaviours,
            List<FaultPlan> faults,
            List<ThresholdPlan> thresholds) {
        List<String> processes = mesh.isThere() ? mesh.processes() : List.of();
        for (BehaviourPlan behaviour : behaviours) {
            require(
                    behaviour.kind() != BehaviourKind.COMMUTER || mesh.nodes() > 1,
                    "a commuter crosses borders: write [mesh] with nodes = 2, or more");
            require(
                    behaviour.kind() != BehaviourKind.JUMPER || !mesh.systems().isEmpty(),
                    "a jumper goes to another star system: write [mesh] with systems = [\"vega\"]");
        }
        for (FaultPlan fault : faults) {
            String word = fault.kind().word();
            require(
                    mesh.isThere() || fault.process().isEmpty(),
                    word + ": the plan has no mesh of processes: remove 'process'");
            require(
                    !mesh.isThere() || !fault.kind().isOfProcess() || !fault.process().isEmpty(),
                    word + " needs process, one of " + String.join(", ", processes));
            require(
                    fault.process().isEmpty() || processes.contains(fault.process()),
                    "there is no process '"
                            + fault.process()
                            + "' for "
                            + word
                            + meant(fault.process(), processes));
        }
        if (mesh.isThere()) {
            require(
                    aeronShare == 0,
                    "players of a mesh come by WebSocket alone: leave out aeron-share");
        }
        for (ThresholdPlan threshold : thresholds) {
            Measure measure = Measure.named(threshold.figure());
            require(
                    measure == null || !measure.isOfGateways() || mesh.isThere(),
                    threshold.figure()
                            + " is measured of gateways in processes of their own: leave out the"
                            + " threshold, or write [mesh]");
        }
    }

    /** Of all stages together. */
    public Duration duration() {
        return duration(stages);
    }

    private static Duration duration(List<StagePlan> stages) {
        return stages.stream().map(StagePlan::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** How many players there are to be at a time, ramps included. */
    public int playersAt(double second) {
        double from = 0;
        int before = 0;
        for (StagePlan stage : stages) {
            double ramp = stage.ramp().toMillis() / 1e3;
            if (second < from + stage.duration().toMillis() / 1e3) {
                double part = ramp <= 0 ? 1 : Math.min(1, (second - from) / ramp);
                return (int) Math.round(before + part * (stage.players() - before));
            }
            from += stage.duration().toMillis() / 1e3;
            before = stage.players();
        }
        return before;
    }

    /** The stage of a time; the last one beyond the end. */
    public StagePlan stageAt(double second) {
        double end = 0;
        for (StagePlan stage : stages) {
            end += stage.duration().toMillis() / 1e3;
            if (second < end) {
                return stage;
            }
        }
        return stages.getLast();
    }

    /** The most players of any stage. */
    public int playersMax() {
        return playersMax(stages);
    }

    private static int playersMax(List<StagePlan> stages) {
        return stages.stream().mapToInt(StagePlan::players).max().orElse(0);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** A suggestion for a mistyped word, or all known ones. */
    static String meant(String word, List<String> known) {
        String nearest = Spelling.nearest(word, known);
        return nearest == null
                ? "; there are " + String.join(", ", known)
                : "; did you mean '" + nearest + "'?";
    }

    /** Names of constants as they are typed. */
    static String words(Enum<?>[] constants) {
        return String.join(
                ", ", Arrays.stream(constants).map(Objects::toString).map(SoakPlan::word).toList());
    }

    /** A constant's name as it is typed. */
    static String word(String constant) {
        return constant.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
