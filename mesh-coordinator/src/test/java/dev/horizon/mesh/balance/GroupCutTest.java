package dev.horizon.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.tick.RegionCosts;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Cuts of regions in which ships keep together: what is seen across them, and who crosses them in
 * ten minutes. {@code -Dcut.figures} prints the table of ADR 26.
 */
class GroupCutTest {
    private static final double GHOST_METRES = 20_000;
    private static final double RING_METRES = 1_500_000;
    private static final int SHIPS = 2_000;
    private static final int SECONDS = 600;
    private static final double METRES_PER_SECOND = 200;

    /** As at a border: who is no farther beyond it stays. */
    private static final double MARGIN_METRES = 100;

    /**
     * Ships about places on a ring, more about some of these than about others, each on its way to
     * somewhere about its own; with as many places as ships, spread evenly.
     */
    private static final class Ring {
        private final SplittableRandom random;
        private final double[][] centres;
        private final double widthMetres;
        private final int[] groupOf = new int[SHIPS];
        private final double[][] at = new double[3][SHIPS];
        private final double[][] to = new double[3][SHIPS];

        Ring(long seed, int groups, double widthMetres) {
            random = new SplittableRandom(seed);
            this.widthMetres = widthMetres;
            centres = new double[groups][];
            for (int i = 0; i < groups; i++) {
                double angle = random.nextDouble() * 2 * Math.PI;
                double radius = RING_METRES * (0.9 + 0.2 * random.nextDouble());
                centres[i] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle), 0};
            }
            for (int i = 0; i < SHIPS; i++) {
                double drawn = random.nextDouble();
                groupOf[i] = groups == SHIPS ? i : (int) (groups * drawn * drawn);
                for (int axis = 0; axis < 3; axis++) {
                    at[axis][i] = somewhere(i, axis);
                    to[axis][i] = somewhere(i, axis);
                }
            }
        }

        private double somewhere(int ship, int axis) {
            return centres[groupOf[ship]][axis] + widthMetres * random.nextGaussian();
        }

        RegionCosts costs() {
            RegionCosts costs = new RegionCosts();
            for (int i = 0; i < SHIPS; i++) {
                costs.add(false, at[0][i], at[1][i], at[2][i], 200, GHOST_METRES);
            }
            return costs;
        }

        void second() {
            for (int i = 0; i < SHIPS; i++) {
                double dx = to[0][i] - at[0][i];
                double dy = to[1][i] - at[1][i];
                double dz = to[2][i] - at[2][i];
                double way = Math.sqrt(dx * dx + dy * dy + dz * dz);
                double part = Math.min(1, METRES_PER_SECOND / Math.max(way, 1e-9));
                for (int axis = 0; axis < 3; axis++) {
                    at[axis][i] += part * (to[axis][i] - at[axis][i]);
                    to[axis][i] = part == 1 ? somewhere(i, axis) : to[axis][i];
                }
            }
        }

        /** Transfers over a border in {@link #SECONDS}. */
        int transfers(LoadCut cut) {
            double[] place = at[cut.axis()];
            boolean[] isUpper = new boolean[SHIPS];
            for (int i = 0; i < SHIPS; i++) {
                isUpper[i] = place[i] >= cut.at();
            }
            int transfers = 0;
            for (int t = 0; t < SECONDS; t++) {
                second();
                for (int i = 0; i < SHIPS; i++) {
                    double beyond = isUpper[i] ? cut.at() - place[i] : place[i] - cut.at();
                    if (beyond > MARGIN_METRES) {
                        isUpper[i] = !isUpper[i];
                        transfers++;
                    }
                }
            }
            return transfers;
        }
    }

    /** A way to cut. */
    @FunctionalInterface
    private interface ToCut {
        LoadCut cut(RegionCosts costs);
    }

    private static LoadCut best(RegionCosts costs, double slack) {
        return Objects.requireNonNull(LoadCut.best(costs, slack));
    }

    /** At half, across the axis along which load is spread widest. */
    private static LoadCut widest(RegionCosts costs) {
        LoadCut x = Objects.requireNonNull(LoadCut.of(costs, 0, 0));
        LoadCut y = Objects.requireNonNull(LoadCut.of(costs, 1, 0));
        return x.spreadMetres() > y.spreadMetres() ? x : y;
    }

    /** Means of some seeds. */
    private record Found(double ghosts, double transfers, double offShare) {
        static Found of(int seeds, int groups, ToCut how) {
            double ghosts = 0;
            double transfers = 0;
            double off = 0;
            for (long seed = 1; seed <= seeds; seed++) {
                Ring ring = new Ring(seed, groups, 5_000);
                LoadCut cut = how.cut(ring.costs());
                ghosts += cut.ghosts();
                off += Math.abs(cut.upperShare() - 0.5);
                transfers += ring.transfers(cut);
            }
            return new Found(ghosts / seeds, transfers / seeds, off / seeds);
        }
    }

    @Test
    void shouldCutBetweenGroups() {
        if (Boolean.getBoolean("cut.figures")) {
            print();
        }
        Found half = Found.of(10, 40, GroupCutTest::widest);
        Found between = Found.of(10, 40, costs -> best(costs, LoadCut.SLACK));
        assertThat(between.ghosts()).as("of %s ghosts", half).isLessThan(half.ghosts() / 3);
        assertThat(between.transfers()).as("of %s", half).isLessThan(half.transfers() / 3);
        assertThat(between.offShare()).isLessThanOrEqualTo(LoadCut.SLACK + 1e-9);
    }

    private static void print() {
        for (int groups : new int[] {10, 40, 160, SHIPS}) {
            for (double slack : new double[] {0, 0.05, 0.1, 0.2}) {
                System.out.printf(
                        "%d groups, slack %.2f: %s%n",
                        groups, slack, Found.of(50, groups, costs -> best(costs, slack)));
            }
            System.out.printf(
                    "%d groups, half: %s%n", groups, Found.of(50, groups, GroupCutTest::widest));
        }
    }

    @Test
    void shouldCountWhoIsToldAcrossTheBorder() {
        for (long seed = 1; seed <= 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RegionCosts costs = new RegionCosts();
            double[] at = new double[200];
            double[] told = new double[200];
            for (int i = 0; i < at.length; i++) {
                at[i] = random.nextInt(1_000);
                told[i] = random.nextInt(5) == 0 ? RegionCosts.UNTOLD : random.nextInt(100);
                costs.add(i % 5 == 4, at[i], random.nextInt(3), 0, 10, told[i]);
            }
            LoadCut cut = Objects.requireNonNull(LoadCut.of(costs, 0, random.nextDouble() / 2));
            int ghosts = 0;
            for (int i = 0; i < at.length; i++) {
                boolean isHeld = i % 5 == 4;
                boolean isNear = Math.abs(at[i] - cut.at()) <= told[i];
                boolean isTold = told[i] >= 0 && (isNear || isHeld && at[i] > cut.at());
                ghosts += isTold ? 1 : 0;
            }
            assertThat(cut.ghosts()).as("seed %s", seed).isEqualTo(ghosts);
        }
    }

    @Test
    void shouldLeaveWhatIsHeldBelow() {
        RegionCosts costs = new RegionCosts();
        for (int i = 0; i < 1_000; i++) {
            costs.add(false, i * 100, 0, 0, 100, 50);
        }
        // A station and who works for it, just above the middle of the load.
        for (int i = 0; i < 20; i++) {
            costs.add(true, 52_000 + i, 0, 0, 1, 50);
        }
        LoadCut half = Objects.requireNonNull(LoadCut.best(costs, 0));
        LoadCut cut = Objects.requireNonNull(LoadCut.best(costs, LoadCut.SLACK));
        assertThat(half.at()).isLessThan(52_000);
        assertThat(half.ghosts()).isGreaterThanOrEqualTo(20);
        assertThat(cut.at()).isGreaterThan(52_050);
        assertThat(cut.ghosts()).isLessThanOrEqualTo(2);
        assertThat(cut.upperShare()).isBetween(0.4, 0.6);
    }

    @Test
    void shouldCutAtHalfWhereNothingIsGainedBesideIt() {
        RegionCosts costs = new RegionCosts();
        for (int i = 0; i < 1_000; i++) {
            costs.add(false, i * 10_000, 0, 0, 100, 5_000);
        }
        LoadCut cut = Objects.requireNonNull(LoadCut.best(costs, LoadCut.SLACK));
        assertThat(cut.upper()).isEqualTo(500);
    }
}
