package dev.horizon.perf.universe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.perf.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class UniverseSoakTest {
    @Test
    void shouldAccountForEveryUnitAndCreditWhileTheUniverseLives() {
        List<Figure> figures = new UniverseSoak(12_000, 500, 1, line -> {}).run();
        assertThat(figures)
                .allSatisfy(figure -> assertThat(figure.holds()).as("%s", figure).isTrue());
        assertThat(figures)
                .filteredOn(figure -> figure.name().startsWith("prices that moved"))
                .singleElement()
                .satisfies(figure -> assertThat(figure.value()).isGreaterThan(10));
    }
}
