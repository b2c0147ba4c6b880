package dev.horizon.tools.soak.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.soak.plan.BehaviourKind;
import dev.horizon.tools.soak.plan.BehaviourPlan;
import dev.horizon.tools.soak.plan.MeshPlan;
import dev.horizon.tools.soak.plan.SoakPlan;
import dev.horizon.tools.soak.plan.StagePlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CastTest {
    private static BehaviourPlan behaviour(BehaviourKind kind, double share) {
        return new BehaviourPlan(kind, share, 0, 0, Duration.ZERO, Duration.ZERO, List.of());
    }

    private static final SoakPlan PLAN =
            new SoakPlan(
                    "cast",
                    1,
                    "1g",
                    12.5,
                    new MeshPlan(0, 1, 1, List.of(), 0, 1),
                    List.of(new StagePlan("all", Duration.ofSeconds(9), Duration.ZERO, 1)),
                    List.of(
                            behaviour(BehaviourKind.IDLER, 5),
                            behaviour(BehaviourKind.CONVOY, 3),
                            behaviour(BehaviourKind.MINER, 2)),
                    List.of(),
                    List.of());

    @Test
    void shouldMixAnyFirstBotsByTheirShares() {
        Cast cast = new Cast(PLAN);
        int[] given = new int[3];

        for (int number = 0; number < 400; number++) {
            Cast.Part part = cast.part(number);
            assertThat(part.ordinal()).isEqualTo(given[part.behaviour()]++);
            for (int i = 0; i < 3; i++) {
                double due = (number + 1) * PLAN.behaviours().get(i).share() / 10;
                assertThat((double) given[i]).isBetween(due - 1.5, due + 1.5);
            }
        }
    }

    @Test
    void shouldHaveAsManyOfAnyFirstBotsComeOverAeronAsThePlanSays() {
        Cast cast = new Cast(PLAN);
        int lines = 0;

        for (int number = 0; number < 400; number++) {
            lines += cast.comesOverAeron(number) ? 1 : 0;
            assertThat(lines).isEqualTo((number + 1) / 8);
        }
    }

    @Test
    void shouldGiveANumberTheSamePartAgain() {
        Cast cast = new Cast(PLAN);
        List<Cast.Part> first = List.of(cast.part(7), cast.part(2), cast.part(40));

        assertThat(List.of(cast.part(7), cast.part(2), cast.part(40))).isEqualTo(first);
        assertThat(new Cast(PLAN).part(40)).isEqualTo(first.get(2));
    }
}
