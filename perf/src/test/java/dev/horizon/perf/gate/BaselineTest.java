package dev.horizon.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
    @TempDir private Path folder;

    private static Map<String, Figure> measured(double faster, double bytes) {
        return Map.of(
                "faster", Figure.atLeast("faster", faster, "x", 4),
                "bytes", Figure.atMost("bytes", bytes, "B", 6));
    }

    private Baseline recorded() throws IOException {
        Path file = folder.resolve("baseline.tsv");
        Baseline.of(List.of(measured(10, 4), measured(10.5, 4), measured(9.9, 4)))
                .write(file, "a build");
        return Baseline.read(file);
    }

    private static boolean holds(Baseline baseline, Map<String, Figure> now) {
        return baseline.compare(List.of(now)).stream().allMatch(Figure::holds);
    }

    @Test
    void shouldHoldWithinNoise() throws IOException {
        assertThat(holds(recorded(), measured(9.2, 4.3))).isTrue();
        assertThat(holds(recorded(), measured(20, 2))).as("what is better").isTrue();
    }

    @Test
    void shouldTellALossOfWhatShouldBeMoreAndOfWhatShouldBeLess() throws IOException {
        assertThat(holds(recorded(), measured(8.5, 4))).isFalse();
        assertThat(holds(recorded(), measured(10, 4.5))).isFalse();
    }

    @Test
    void shouldAllowWhatMeasurementsOnRecordDifferedBy() throws IOException {
        Path file = folder.resolve("noisy.tsv");
        Baseline.of(List.of(measured(8, 4), measured(10, 4), measured(11, 4))).write(file, "noisy");
        assertThat(holds(Baseline.read(file), measured(5, 4))).isTrue();
        assertThat(holds(Baseline.read(file), measured(3, 4))).isFalse();
    }

    @Test
    void shouldLetTheMedianDecide() throws IOException {
        List<Map<String, Figure>> thrice =
                List.of(measured(5, 4), measured(10, 4), measured(9.8, 4));
        assertThat(recorded().compare(thrice)).allMatch(Figure::holds);
    }

    @Test
    void shouldFailWhereAFigureIsGone() throws IOException {
        Map<String, Figure> fewer = Map.of("bytes", Figure.atMost("bytes", 4, "B", 6));
        assertThat(holds(recorded(), fewer)).isFalse();
    }

    @Test
    void shouldSayHowARecordIsMade() {
        assertThatThrownBy(() -> Baseline.read(folder.resolve("none.tsv")))
                .hasMessageContaining("bench gate --record");
    }

    @Test
    void shouldRefuseWhatIsNoRecord() throws IOException {
        Path file = Files.writeString(folder.resolve("x.tsv"), "a b c\n");
        assertThatThrownBy(() -> Baseline.read(file)).hasMessageContaining("a b c");
    }
}
