package dev.horizon.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.tick.RegionCosts;
import java.util.Objects;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LoadCutTest {
    private static final int X = 0;
    private static final double UNTOLD = RegionCosts.UNTOLD;

    @Test
    void shouldCutWhereHalfOfTheLoadIsThoughThatIsFewOfTheEntities() {
        RegionCosts costs = new RegionCosts();
        for (int i = 0; i < 900; i++) {
            costs.add(false, i, 0, 0, 10, UNTOLD);
        }
        for (int i = 0; i < 100; i++) {
            costs.add(false, 10_000 + i, 0, 0, 110, UNTOLD);
        }
        LoadCut cut = cut(costs, X);
        assertThat(cut.at()).as("among the few that cost most").isEqualTo(10_008.5);
        assertThat(cut.upper()).isEqualTo(91);
        assertThat(cut.upperShare()).isCloseTo(0.5, Offset.offset(0.01));
    }

    @Test
    void shouldHalveAnyLoadAsNearAsOneEntityAllows() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RegionCosts costs = new RegionCosts();
            double dearest = 0;
            int count = 2 + random.nextInt(3_000);
            for (int i = 0; i < count; i++) {
                double nanos = 1 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 100);
                dearest = Math.max(dearest, nanos);
                costs.add(
                        false,
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextDouble(),
                        nanos,
                        UNTOLD);
            }
            double held = random.nextBoolean() ? 0 : random.nextDouble() * 0.4 * costs.totalNanos();
            costs.add(true, 0, 0, 0, held, UNTOLD);
            for (int axis = 0; axis < RegionCosts.AXES; axis++) {
                LoadCut cut = cut(costs, axis);
                double upper = 0;
                int entities = 0;
                for (int i = 0; i < count; i++) {
                    boolean isUpper = costs.place(axis, i) >= cut.at();
                    upper += isUpper ? costs.nanos(i) : 0;
                    entities += isUpper ? 1 : 0;
                }
                assertThat(entities).as("seed %s", seed).isEqualTo(cut.upper());
                assertThat(upper / costs.totalNanos())
                        .as("seed %s", seed)
                        .isCloseTo(cut.upperShare(), Offset.offset(1e-9))
                        .isCloseTo(0.5, Offset.offset(0.51 * dearest / costs.totalNanos() + 0.1));
            }
        }
    }

    @Test
    void shouldCountWhatIsHeldForTheNodeThatKeepsIt() {
        RegionCosts costs = new RegionCosts();
        for (int i = 0; i < 100; i++) {
            costs.add(false, i, 0, 0, 10, UNTOLD);
        }
        costs.add(true, 0, 0, 0, 600, UNTOLD);
        LoadCut cut = cut(costs, X);
        assertThat(cut.upper()).as("half of 1,600").isEqualTo(80);
        costs.add(true, 0, 0, 0, 10_000, UNTOLD);
        assertThat(cut(costs, X).upper()).as("not all that could go").isEqualTo(90);
    }

    @Test
    void shouldCutAcrossTheAxisAlongWhichLoadIsSpreadWidest() {
        RegionCosts costs = new RegionCosts();
        for (int i = 0; i < 100; i++) {
            costs.add(false, i, 7 * i, 0, 50, UNTOLD);
        }
        costs.add(false, 1e9, 0, 0, 1, UNTOLD);
        assertThat(Objects.requireNonNull(LoadCut.best(costs, 0)).axis())
                .as("one that is far off counts for nothing")
                .isEqualTo(1);
    }

    @Test
    void shouldNotCutWhatIsAtOnePlace() {
        RegionCosts costs = new RegionCosts();
        assertThat(LoadCut.best(costs, 0)).isNull();
        costs.add(false, 5, 5, 5, 10, UNTOLD);
        costs.add(false, 5, 5, 5, 10, UNTOLD);
        costs.add(true, 0, 0, 0, 10, UNTOLD);
        assertThat(LoadCut.best(costs, 0)).isNull();
    }

    private static LoadCut cut(RegionCosts costs, int axis) {
        return Objects.requireNonNull(LoadCut.of(costs, axis, 0));
    }
}
