package dev.horizon.tools.soak.plan;

import dev.horizon.engine.plugin.Default;
import java.time.Duration;

/**
 * Something that goes wrong.
 *
 * @param kind what
 * @param at when, from the beginning
 * @param duration how long
 * @param share of the players, or of a processor, per cent; of the players over Aeron, all without
 *     it
 * @param rate of datagrams, per cent
 * @param plugin by name
 * @param raiders how many
 * @param process of a mesh, by name
 */
public record FaultPlan(
        FaultKind kind,
        Duration at,
        @Default("0s") Duration duration,
        @Default("0") double share,
        @Default("0") double rate,
        @Default("") String plugin,
        @Default("0") int raiders,
        @Default("") String process) {
    /** With the players they are more than a process may open. */
    private static final int RAIDERS_MAX = 10_000;

    /** Refuses what the kind lacks, or has no use for. */
    public FaultPlan {
        boolean needsShare = kind == FaultKind.SLOW_CLIENTS;
        boolean takesShare = kind == FaultKind.BURN || kind == FaultKind.LOSS;
        boolean needsRate = kind == FaultKind.LOSS;
        boolean needsPlugin = kind == FaultKind.RELOAD;
        boolean needsRaiders = kind == FaultKind.HOSTILE;
        boolean needsDuration =
                kind == FaultKind.PAUSE
                        || kind == FaultKind.SLOW_CLIENTS
                        || kind == FaultKind.BURN
                        || needsRate
                        || needsRaiders;
        SoakPlan.require(
                needsRaiders ? raiders > 0 && raiders <= RAIDERS_MAX : raiders == 0,
                kind.word()
                        + (needsRaiders
                                ? " needs raiders, 1 to " + RAIDERS_MAX
                                : " has no use for 'raiders': remove it"));
        SoakPlan.require(
                takesShare
                        ? share >= 0 && share <= 100
                        : needsShare ? share > 0 && share <= 100 : share == 0,
                kind.word()
                        + (needsShare
                                ? " needs share, above 0 and up to 100 per cent of the players"
                                : takesShare
                                        ? " takes a share up to 100 per cent of "
                                                + (needsRate
                                                        ? "the players over Aeron"
                                                        : "a processor")
                                        : " has no use for 'share': remove it"));
        SoakPlan.require(
                needsRate ? rate > 0 && rate <= 100 : rate == 0,
                kind.word()
                        + (needsRate
                                ? " needs rate, above 0 and up to 100 per cent of the datagrams"
                                : " has no use for 'rate': remove it"));
        SoakPlan.require(
                needsPlugin != plugin.isEmpty(),
                kind.word()
                        + (needsPlugin
                                ? " needs plugin, as in plugin = \"chat\""
                                : " has no use for 'plugin': remove it"));
        SoakPlan.require(
                !needsDuration || !duration.isZero(),
                kind.word() + " needs duration, as in duration = \"2s\"");
        SoakPlan.require(
                process.isEmpty() || kind.isOfProcess(),
                kind.word() + " has no use for 'process': remove it");
        SoakPlan.require(
                duration.isZero() || kind != FaultKind.RELOAD,
                "reload has no use for 'duration': remove it");
    }

    /** In words, for the time line. */
    public String text() {
        String seconds = duration.toMillis() / 1e3 + " s";
        return switch (kind) {
            case KILL -> "kill -9" + (process.isEmpty() ? "" : " of " + process);
            case PAUSE -> (process.isEmpty() ? "" : process + " ") + "paused for " + seconds;
            case SLOW_CLIENTS ->
                    "%.0f %% of the players read nothing for %s".formatted(share, seconds);
            case LOSS ->
                    "%.0f %% of the datagrams to %splayers over Aeron lost for %s"
                            .formatted(
                                    rate,
                                    share == 0 ? "" : "%.0f %% of the ".formatted(share),
                                    seconds);
            case RELOAD -> "reload of " + plugin;
            case HOSTILE -> raiders + " raiders for " + seconds;
            case BURN -> "processor time for " + seconds;
        };
    }
}
