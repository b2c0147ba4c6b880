package dev.horizon.tools.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {
    private static JsonNode report(double tick, double playing, int lost) {
        return JsonMapper.shared()
                .readTree(
                        """
                        {"plan": "p", "seed": 1, "machine": "m",
                         "figures": [{"name": "tick-p99 in hold", "goal": "<= 9 ms"},
                                     {"name": "disconnects", "goal": "<= 0 players"},
                                     {"name": "playing", "goal": null}],
                         "stages": {"whole": {"tick-p99": %s, "playing": %s, "disconnects": %d,
                                              "age-p99": null}}}
                        """
                                .formatted(tick, playing, lost));
    }

    @Test
    void shouldTellBetterFromWorseByWhatTheFigureIs() {
        Comparison comparison = Comparison.of(report(10, 50, 0), report(7, 100, 0), 20);

        assertThat(comparison.rows())
                .extracting(Comparison.Row::name, Comparison.Row::verdict)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("tick-p99", "better"),
                        org.assertj.core.groups.Tuple.tuple("playing", "better"),
                        org.assertj.core.groups.Tuple.tuple("disconnects", "same"));
        assertThat(comparison.isWorse()).isFalse();
    }

    @Test
    void shouldBeWorseOnlyByFiguresWithAGoal() {
        assertThat(Comparison.of(report(10, 100, 0), report(10, 50, 0), 20).isWorse()).isFalse();
        assertThat(Comparison.of(report(10, 100, 0), report(11, 100, 0), 20).isWorse()).isFalse();
        assertThat(Comparison.of(report(10, 100, 0), report(13, 100, 0), 20).isWorse()).isTrue();
        assertThat(Comparison.of(report(10, 100, 0), report(10, 100, 1), 20).isWorse()).isTrue();
    }
}
