package dev.horizon.perf.underload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.perf.Figure;
import dev.horizon.schemas.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read out of reports and tapes. */
class UnderloadTest {
    @Test
    void shouldSayByHowMuchPairsDiffer() {
        Pairs pairs = Pairs.ofDifferences(new double[] {1, 2, 3, 4}, new double[] {3, 4, 5, 6});
        assertThat(pairs.mean()).isEqualTo(2);
        assertThat(pairs.half()).isZero();

        // Differences of 1, 2 and 3: a mean of 2, a deviation of 1, t of 4.303 by the root of 3.
        pairs = Pairs.ofDifferences(new double[] {0, 0, 0}, new double[] {1, 2, 3});
        assertThat(pairs.upper()).isCloseTo(2 + 4.303 / Math.sqrt(3), within(1e-9));

        Pairs ratios = Pairs.ofRatios(new double[] {10, 20}, new double[] {11, 22});
        assertThat(Pairs.percent(ratios.mean())).isCloseTo(10, within(1e-9));
        assertThat(Pairs.percent(ratios.upper())).isCloseTo(10, within(1e-6));
        assertThatThrownBy(() -> Pairs.ofDifferences(new double[1], new double[1]))
                .hasMessageContaining("no pairs");
    }

    @Test
    void shouldSayOfDecodersWhatIsWorstOfAny() {
        List<Figure> figures =
                Decoders.figures(
                        List.of(
                                new Fuzz.Outcome("one", 500, 100, 2_000_000, 10, 1_000),
                                new Fuzz.Outcome("two", 300, 200, 1_000_000, 90, 100)),
                        400,
                        true);
        assertThat(figures).extracting(Figure::value).containsExactly(2.0, 300.0, 0.0, 2.0, 90.0);
        assertThat(figures)
                .extracting(Figure::holds)
                .as("one of them had too few inputs")
                .containsExactly(true, false, true, true, true);
        assertThat(Decoders.figures(List.of(), 0, false))
                .filteredOn(each -> !each.holds())
                .hasSize(3);
    }

    @Test
    void shouldSeeStepsThatLeaveOneOut() {
        Ladder good =
                Ladder.ofLines(
                        List.of(
                                "81  0  overload far-tiers-slower at a load of 93 %",
                                "90  0  dilation 700",
                                "91  0  overload close-tighter at a load of 120 %",
                                "99  1  overload far-tiers-slower at a load of 20 %"));
        assertThat(good.steps()).containsExactly(1, 2, 1);
        assertThat(good.highest()).isEqualTo(2);
        assertThat(good.skipped()).isZero();

        assertThat(
                        Ladder.ofLines(
                                        List.of(
                                                "8 0 overload close-tighter at a load of 120 %",
                                                "9 0 overload time-dilated at a load of 300 %"))
                                .skipped())
                .isEqualTo(2);
    }

    @Test
    void shouldCountFromWhenTheCrowdHasLeftToNormalForGood() {
        double[] seconds = {1, 2, 3, 4, 5, 6};
        double[] asked = {9, 9, 5, 2, 2, 2};
        assertThat(Ladder.secondsToNormal(seconds, new double[] {4, 4, 3, 1, 0, 0}, asked))
                .isEqualTo(1);
        assertThat(Ladder.secondsToNormal(seconds, new double[] {4, 4, 0, 0, 0, 0}, asked))
                .isZero();
        assertThat(Ladder.secondsToNormal(seconds, new double[] {4, 4, 0, 0, 0, 1}, asked))
                .isInfinite();
    }

    @Test
    void shouldAskForTheRatedLoadOnAnyScale() {
        assertThat(LoadBench.ratedPlan(5_000, 60))
                .contains("ships = 1000\n", "objects = 4000\n", "players = 5000\n")
                .contains("duration = \"70s\"\nramp = \"50s\"\n", "duration = \"60s\"\n");
        assertThat(LoadBench.ratedPlan(50, 60))
                .contains("ships = 10\n", "objects = 40\n", "players = 50\n", "ramp = \"1s\"\n");
    }

    @Test
    void shouldBurnAfterEachRaidAndRaidOnceBeforeAnyCounts() {
        String plan = LoadBench.hostilePlan(2);
        assertThat(plan.split("kind = \"hostile\"\n", -1)).hasSize(1 + 3);
        assertThat(plan.split("kind = \"burn\"\n", -1)).hasSize(1 + 2);
        assertThat(plan)
                .contains("at = \"24s\"\nduration = \"10s\"\n")
                .contains("kind = \"hostile\"\nat = \"55s\"\nduration = \"15s\"\n")
                .contains("kind = \"burn\"\nat = \"76s\"\nduration = \"15s\"\n");
    }

    @Test
    void shouldReadAReport() {
        Soaked soaked =
                Soaked.of(
                        """
                        {"stages": {"raid-0": {"tick-p99": 4.5}}, "series": {"second": [1, null]},
                         "faults": [{"text": "9 raiders: 3 connections, 640 malformed frames, 1.50 s of a processor themselves; x"},
                                    {"text": "kill -9"},
                                    {"text": "9 raiders: 3 connections, 60 malformed frames; x"}],
                         "starvedSeconds": 2}
                        """);
        assertThat(soaked.figure("raid-0", "tick-p99")).isEqualTo(4.5);
        assertThat(soaked.series("second")).containsExactly(1, Double.NaN);
        assertThat(Faults.malformed(soaked.faults())).isEqualTo(700);
        assertThat(Faults.raidersSeconds(soaked.faults())).isEqualTo(1.5);
        assertThatThrownBy(() -> soaked.figure("raid-0", "tick-p98"))
                .hasMessageContaining("tick-p98");
    }
}
