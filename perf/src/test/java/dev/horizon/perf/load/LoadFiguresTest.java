package dev.horizon.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadFiguresTest {
    @Test
    void shouldSurviveTheLineBetweenProcesses() {
        LoadFigures figures = new LoadFigures(Map.of("hz", 9.75, "players", 12_847.0));
        assertThat(LoadFigures.parse(figures.line()).values()).isEqualTo(figures.values());
        assertThat(LoadFigures.parse("").value("hz")).isZero();
    }
}
