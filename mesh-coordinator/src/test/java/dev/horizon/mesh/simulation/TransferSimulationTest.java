package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One owner per entity at each instant, none lost and none doubled, whatever message is lost, late,
 * repeated or brought to somebody else, and whoever is killed, stopped, paused or cut off. Seeds:
 * {@code -Dmesh.seed=7 -Dmesh.seeds=20000}.
 */
class TransferSimulationTest {
    static LongStream seeds() {
        long first = Long.getLong("mesh.seed", 1);
        return LongStream.range(first, first + Long.getLong("mesh.seeds", 8));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldHaveOneOwnerPerEntityAtEachInstant(long seed) {
        assertThat(TransferSimulation.run(seed)).as("transfers done").isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldMoveRegionsWithAllThatIsInThem(long seed) {
        assertThat(TransferSimulation.runWithMoves(seed)).as("regions moved").isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldJumpFromStarSystemToStarSystem(long seed) {
        assertThat(TransferSimulation.runWithGates(seed)).as("transfers done").isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldBringEventsToServicesOnce(long seed) {
        assertThat(TransferSimulation.runWithServices(seed))
                .as("recipients of what was told to all")
                .isGreaterThan(800);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldGoOnInStandbys(long seed) {
        assertThat(TransferSimulation.runWithStandbys(seed)).as("takeovers").isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldBringShipsToWhoOwnsThePlace(long seed) {
        assertThat(TransferSimulation.runWithBorders(seed)).as("transfers done").isPositive();
    }
}
