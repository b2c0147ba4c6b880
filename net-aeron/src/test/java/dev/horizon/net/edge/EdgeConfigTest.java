package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ChannelConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each key does what it says; those of counts and bytes are held by other tests too. */
class EdgeConfigTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 20})
    void shouldWorkOutWhatIsNearEverySoManyTicks(int interestTicks) {
        EdgeConfig config = new EdgeConfig(interestTicks, 32, 20, 1_024, 0, 8);
        Edge edge = new Edge(new EdgeCache(), ChannelConfig.standard(), config, new Seats());
        Viewer viewer = edge.join(7);
        viewer.focus(0, 0, 0, 0, Double.POSITIVE_INFINITY, new long[0], 0);
        edge.cache().tick(60);
        edge.follow(viewer);
        long before = edge.evaluations();
        for (int tick = 61; tick <= 60 + 120; tick++) {
            edge.cache().tick(tick);
            edge.follow(viewer);
            edge.endRound();
        }
        assertThat(edge.evaluations() - before).isEqualTo(120 / interestTicks);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "32, 20"})
    void shouldRememberSoManyDecisions(int whyHistory, int remembered) {
        Decisions decisions = new Decisions(whyHistory);
        for (int i = 1; i <= 20; i++) {
            decisions.add(i, 100 + i, Viewer.NOWHERE, Viewer.CLOSE, Reason.RANGE, i);
        }
        int found = 0;
        for (int i = 1; i <= 20; i++) {
            int at = decisions.find(100 + i, Long.MAX_VALUE);
            if (at >= 0) {
                found++;
                assertThat(decisions.tick(at)).isEqualTo(i);
                assertThat(decisions.find(100 + i, i - 1)).isEqualTo(-1);
            }
        }
        assertThat(found).isEqualTo(remembered);
    }

    @ParameterizedTest
    @CsvSource({
        "0,32,20,10,0,1",
        "5,-1,0,10,0,1",
        "5,8,9,10,0,1",
        "5,32,20,-1,0,1",
        "5,32,20,1,5,1"
    })
    void shouldRefuseWhatCannotWork(
            int ticks, int closeMax, int closeMin, int medium, int bytes, int why) {
        assertThatThrownBy(() -> new EdgeConfig(ticks, closeMax, closeMin, medium, bytes, why))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out of range");
    }
}
