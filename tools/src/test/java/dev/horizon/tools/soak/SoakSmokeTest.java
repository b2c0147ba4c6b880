package dev.horizon.tools.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.soak.plan.Measure;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.Totals;
import dev.horizon.tools.soak.report.ReportJson;
import dev.horizon.tools.soak.report.ReportPage;
import dev.horizon.tools.soak.report.RunInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example that takes 20 seconds: a node of its own, players of all kinds, slow ones, a kill.
 */
class SoakSmokeTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("architecture.root"), "examples", "smoke.toml");

    @TempDir Path folder;

    @Test
    void shouldRunTheSmallExample() throws Exception {
        OwnSoak soak = new OwnSoak();

        SoakResult result = soak.run(EXAMPLE, folder);

        Totals whole = result.stages().get(SoakResult.WHOLE);
        assertThat(result.thresholds())
                .as("%s %s", soak.said(), result.causes())
                .allMatch(SoakResult.Figure::holds);
        assertThat(result.marks())
                .as(soak.said().toString())
                .extracting(Mark::kind)
                .containsExactly("loss", "slow-clients", "kill", "hostile");
        assertThat(result.marks().getFirst().text())
                .as("a fifth of the players comes over Aeron")
                .matches("20 % of the datagrams .* lost for 2.0 s: [1-9]\\d* datagrams");
        assertThat(result.marks().getLast().text())
                .as("raiders of every kind, again and again")
                .matches(".*[1-9]\\d\\d+ connections, [1-9]\\d* malformed frames, .*")
                .contains(
                        "silent",
                        "half-open",
                        "malformed",
                        "oversize",
                        "forged",
                        "replay",
                        "flood");
        assertThat(Measure.TICK_P999.of(whole)).isPositive();
        assertThat(Measure.AGE_P50.of(whole)).isPositive();
        assertThat(Measure.HEAP_MAX.of(whole)).isPositive();
        assertThat(Measure.COMEBACK_MAX.of(whole)).as("everybody was killed off").isPositive();
        assertThat(Measure.RECOVERY_MAX.of(whole)).isPositive();
        assertThat(Arrays.stream(result.line().of(Series.INPUTS)).max().orElse(0)).isPositive();
        RunInfo info =
                new RunInfo("today", "a machine", "a build", "./horizon soak smoke.toml", "");
        assertPageIsWhole(ReportPage.of(result, info));
        JsonNode json =
                JsonMapper.shared()
                        .readTree(
                                JsonMapper.shared()
                                        .writeValueAsString(ReportJson.whole(result, info)));
        assertThat(json.path("stages").path("play").path("tick-p99").asDouble()).isPositive();
        assertThat(json.path("series").path("tick-max").size())
                .isEqualTo(result.line().seconds().length);
        assertThat(json.path("plan").asString()).isEqualTo(Files.readString(EXAMPLE));
    }

    private static void assertPageIsWhole(String page) {
        assertThat(page)
                .contains(
                        "<h1>Soak: smoke</h1>", "Tick time", "kill -9", "./horizon soak smoke.toml")
                .doesNotContain("<script", "<link", "src=", "href=", "url(", "@import")
                .doesNotContain("NaN", "Infinity");
    }
}
