package dev.horizon.perf.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmarks' rig, small: a node, its gateway, and players in a process of their own. */
class CrowdedArenaTest {
    private static final int PLAYERS = 8;
    private static final int MESSAGES_MIN = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void shouldCountWhatPlayersAreSent() throws Exception {
        Map<String, Object> arena = Map.of("ships", 40, "group-metres", 500.0, "skirmish", true);
        try (ArenaNode node =
                        new ArenaNode(
                                new ArenaNode.Plan(20, arena, Map.of(), Map.of()),
                                world -> tick -> {});
                LoadProcess load = LoadProcess.start(node.address(), node.key(), 0, 0, 1)) {
            assertThat(load.players(PLAYERS, PLAYERS)).contains("playing=" + PLAYERS);
            load.schedule(node.loop().metrics().originNanos(), node.periodNanos());
            load.reset();
            LoadFigures seen = load.figures();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (seen.value("messages") * seen.value("seconds") < MESSAGES_MIN
                    && System.nanoTime() < deadline) {
                node.run(0.1);
                seen = load.figures();
            }
            assertThat(seen.value("players")).isEqualTo(PLAYERS);
            assertThat(seen.value("failed")).isZero();
            assertThat(seen.value("counted")).isEqualTo(PLAYERS);
            assertThat(seen.value("bytes-per-client")).isPositive();
            assertThat(seen.value("age-max")).isPositive();
            assertThat(seen.value("close-held")).isPositive();
            assertThat(seen.value("medium-held")).isPositive();
            assertThat(node.encoder().ticks()).isPositive();

            assertThat(load.players(1, PLAYERS)).contains("playing=1");
            assertThat(load.players(PLAYERS, PLAYERS)).contains("playing=" + PLAYERS);
        }
    }
}
