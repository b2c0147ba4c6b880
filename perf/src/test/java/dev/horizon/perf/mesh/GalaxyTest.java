package dev.horizon.perf.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.perf.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class GalaxyTest {
    @Test
    void shouldEndAllTransfersAndCountWhatTheyTake() {
        List<Figure> figures = new Galaxy(1, 1).run();
        assertThat(figures).allMatch(Figure::holds);
        assertThat(value(figures, "transfers that ended")).isGreaterThan(9_900);
        assertThat(value(figures, "coordinator's log")).isBetween(0.1, 100.0);
        assertThat(value(figures, "snapshot, entries")).isGreaterThan(2_000);
        assertThat(value(figures, "state on the heap")).isPositive();
    }

    private static double value(List<Figure> figures, String part) {
        return figures.stream()
                .filter(figure -> figure.name().contains(part))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
