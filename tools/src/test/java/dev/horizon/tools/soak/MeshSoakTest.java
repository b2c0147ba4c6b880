package dev.horizon.tools.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.soak.plan.Measure;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.Totals;
import dev.horizon.tools.soak.report.ReportPage;
import dev.horizon.tools.soak.report.RunInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator, two nodes and a gateway, a kill of a node, and players who fly over the border.
 */
class MeshSoakTest {
    private static final String PLAN =
            """
            name = "border"
            seed = 5
            heap = "512m"

            [mesh]
            nodes = 2
            middle = 251300.0 # some begin on this side, some on the other

            [settings.plugins.sol]
            ships = 0
            objects = 160
            battle-ships = 1

            [[stages]]
            name = "commute"
            duration = "14s"
            players = 12

            [[behaviours]]
            kind = "commuter"
            every = "5s"
            at = [251300.0, -75600.0, -37800.0]

            [[faults]]
            kind = "pause"
            at = "2s"
            duration = "200ms"
            process = "leader"

            [[faults]]
            kind = "kill"
            at = "8s"
            process = "sol-2"

            [[thresholds]]
            figure = "ships-lost"
            max = 0

            [[thresholds]]
            figure = "told"
            min = 0.5
            """;

    @TempDir Path folder;

    @Test
    void shouldSeePlayersCrossABorderWithTheirShips() throws Exception {
        OwnSoak soak = new OwnSoak();

        SoakResult result = soak.run(Files.writeString(folder.resolve("plan.toml"), PLAN), folder);

        Totals whole = result.stages().get(SoakResult.WHOLE);
        String seen = soak.said() + " " + result.causes() + " " + result.errors();
        assertThat(result.passed()).as(seen).isTrue();
        assertThat(Measure.CROSSINGS.of(whole)).as(seen).isGreaterThanOrEqualTo(3);
        assertThat(Measure.CROSSERS.of(whole)).as(seen).isBetween(2.0, 12.0);
        assertThat(Measure.CROSSING_GAP_P50.of(whole)).as("ships were seen again").isPositive();
        assertThat(Measure.TRANSFERS.of(whole)).as("the coordinator knows").isPositive();
        assertThat(Measure.DISCONNECTS.of(whole)).as(seen).isZero();
        assertThat(Measure.COMEBACK_MAX.of(whole)).as("nobody was cut off").isZero();
        assertThat(Measure.NODE_ERRORS.of(whole)).as(seen).isZero();
        assertThat(Measure.TOLD.of(whole)).as(seen).isPositive();
        assertThat(Measure.AGE_P50.of(whole)).as(seen).isPositive();
        assertThat(Measure.AGE_P99.of(whole)).isGreaterThanOrEqualTo(Measure.AGE_P50.of(whole));
        assertThat(distinct(result, Series.AGE_MAX)).as("ages move").isGreaterThan(1);
        assertThat(distinct(result, Series.GATEWAY_CORES)).as("so does work").isGreaterThan(1);
        assertThat(distinct(result, Series.GATEWAY_RESIDENT)).as("and memory").isGreaterThan(1);
        assertThat(Measure.GATEWAY_HEAP_LIVE_MAX.of(whole)).isPositive();
        assertThat(Measure.QUEUED_MAX.of(whole)).as("queues are read").isNotNegative();
        assertThat(Measure.FRAMES_DROPPED.of(whole)).as("so are frames").isNotNegative();
        assertThat(Measure.FRAMES_LOST.of(whole)).isNotNegative();
        assertThat(Measure.GAPS.of(whole)).isNotNegative();
        assertThat(whole.nodes()).containsExactly("sol-1", "sol-2");
        assertThat(result.marks())
                .as(seen)
                .extracting(Mark::text)
                .satisfiesExactly(
                        paused ->
                                assertThat(paused)
                                        .isEqualTo("leader paused for 0.2 s: coordinator-0"),
                        killed ->
                                assertThat(killed)
                                        .startsWith("kill -9 of sol-2, well again after"));
        RunInfo info = new RunInfo("today", "a machine", "a build", "./horizon soak plan.toml", "");
        assertThat(ReportPage.of(result, info))
                .contains(
                        "2 nodes, 1 gateway, 1 member of the coordinator",
                        "<td>sol-2<td",
                        "Tick time by node",
                        "Memory of the largest gateway",
                        "Told to a player",
                        "Crossings");
    }

    /** Different values that were read. */
    private static long distinct(SoakResult result, Series series) {
        return Arrays.stream(result.line().of(series))
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .count();
    }
}
