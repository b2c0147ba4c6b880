package dev.horizon.perf.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.perf.Figure;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    @Test
    void shouldHoldWhereAllPartitionsWereMadeAndTheTestPassed() {
        assertThat(Partitions.figures(true, "partitions=3 transfers=90 moved=88", 3))
                .allMatch(Figure::holds)
                .extracting(Figure::value)
                .startsWith(3.0, 90.0, 88.0);
    }

    @Test
    void shouldNotHoldWhereTheTestWasSkippedOrFailed() {
        assertThat(Partitions.figures(true, "", 3)).anyMatch(each -> !each.holds());
        assertThat(Partitions.figures(false, "partitions=3", 3)).anyMatch(each -> !each.holds());
    }
}
