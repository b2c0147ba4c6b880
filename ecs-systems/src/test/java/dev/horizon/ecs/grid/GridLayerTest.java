package dev.horizon.ecs.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridLayerTest {
    private static final int COUNT = 1_500;
    private static final double EXTENT = 20_000;

    private final double[] x = new double[COUNT];
    private final double[] y = new double[COUNT];
    private final double[] z = new double[COUNT];
    private final float[][] step = new float[3][COUNT];
    private final float[] radius = new float[COUNT];
    private final byte[] faction = new byte[COUNT];
    private final GridLayer layer = new GridLayer(1_024);
    private SplittableRandom random = new SplittableRandom(0);

    private void fill(long seed) {
        random = new SplittableRandom(seed);
        layer.clear();
        for (int i = 0; i < COUNT; i++) {
            x[i] = random.nextDouble(-EXTENT, EXTENT);
            y[i] = random.nextDouble(-EXTENT, EXTENT);
            z[i] = random.nextDouble(-EXTENT / 10, EXTENT / 10);
            radius[i] = (float) random.nextDouble(1, 150);
            faction[i] = (byte) random.nextInt(6);
            for (int axis = 0; axis < 3; axis++) {
                step[axis][i] = (float) random.nextDouble(-40, 40);
            }
            layer.add(
                    x[i],
                    y[i],
                    z[i],
                    step[0][i],
                    step[1][i],
                    step[2][i],
                    radius[i],
                    i + 1,
                    faction[i]);
        }
        layer.build();
    }

    private double squared(int i, double px, double py, double pz) {
        return (x[i] - px) * (x[i] - px) + (y[i] - py) * (y[i] - py) + (z[i] - pz) * (z[i] - pz);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldFindTheNeighboursThatBruteForceFinds(long seed) {
        fill(seed);
        int[] out = new int[COUNT];
        for (int query = 0; query < 200; query++) {
            double px = random.nextDouble(-EXTENT, EXTENT);
            double py = random.nextDouble(-EXTENT, EXTENT);
            double pz = random.nextDouble(-EXTENT / 10, EXTENT / 10);
            double distance = random.nextDouble(10, 5_000);
            int found = layer.neighbours(px, py, pz, distance, out);
            long[] ids = new long[found];
            for (int i = 0; i < found; i++) {
                ids[i] = layer.entity(out[i]);
            }
            Arrays.sort(ids);
            long[] expected =
                    java.util.stream.IntStream.range(0, COUNT)
                            .filter(i -> squared(i, px, py, pz) <= distance * distance)
                            .mapToLong(i -> i + 1)
                            .toArray();
            assertThat(ids).as("seed %d, query %d", seed, query).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldFindTheNearestOfSomeSides(long seed) {
        fill(seed);
        for (int query = 0; query < 300; query++) {
            double px = random.nextDouble(-EXTENT, EXTENT);
            double py = random.nextDouble(-EXTENT, EXTENT);
            double distance = random.nextDouble(10, 6_000);
            int mask = random.nextInt(64);
            long except = random.nextInt(COUNT) + 1;
            int count = 0;
            int best = -1;
            for (int i = 0; i < COUNT; i++) {
                if (i + 1 == except || squared(i, px, py, 0) > distance * distance) {
                    continue;
                }
                count++;
                if ((mask >>> faction[i] & 1) != 0
                        && (best < 0 || squared(i, px, py, 0) < squared(best, px, py, 0))) {
                    best = i;
                }
            }
            long seen = layer.nearest(px, py, 0, distance, mask, except);
            assertThat((int) (seen >>> 32)).as("seed %d, count", seed).isEqualTo(count);
            int entry = (int) seen;
            assertThat(entry < 0 ? 0 : layer.entity(entry))
                    .as("seed %d, nearest", seed)
                    .isEqualTo(best + 1L);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void shouldHitWhatSmallStepsHit(long seed) {
        fill(seed);
        int hits = 0;
        for (int query = 0; query < 400; query++) {
            int near = random.nextInt(COUNT);
            double x0 = x[near] + random.nextDouble(-400, 400);
            double y0 = y[near] + random.nextDouble(-400, 400);
            double z0 = z[near] + random.nextDouble(-400, 400);
            double x1 = x[near] + random.nextDouble(-200, 200);
            double y1 = y[near] + random.nextDouble(-200, 200);
            double z1 = z[near] + random.nextDouble(-200, 200);
            long except = random.nextInt(COUNT) + 1;
            int pass = 1 << random.nextInt(6);
            int entry = layer.firstHit(x0, y0, z0, x1, y1, z1, 1, except, pass);
            double[] oracle = march(x0, y0, z0, x1, y1, z1, except, pass);
            if (entry < 0) {
                assertThat(oracle[0]).as("seed %d, query %d: missed", seed, query).isNegative();
                continue;
            }
            hits++;
            int hit = (int) layer.entity(entry) - 1;
            double time = layer.meets(entry, x0, y0, z0, x1, y1, z1, 1);
            assertThat(time).isBetween(0.0, 1.0);
            assertThat(gap(hit, time, x0, y0, z0, x1, y1, z1))
                    .as("seed %d, query %d: at contact", seed, query)
                    .isLessThan(1e-4);
            if (oracle[0] >= 0) {
                // The march stands inside a sphere no earlier than the first contact.
                assertThat(time)
                        .as("seed %d, query %d: first", seed, query)
                        .isLessThanOrEqualTo(oracle[1] + 1e-9);
            }
        }
        assertThat(hits).as("seed %d", seed).isBetween(40, 399);
    }

    /** Metres between the surfaces at a fraction of the tick; negative inside. */
    private double gap(
            int i, double t, double x0, double y0, double z0, double x1, double y1, double z1) {
        double cx = x[i] - step[0][i] * (1 - t) - (x0 + (x1 - x0) * t);
        double cy = y[i] - step[1][i] * (1 - t) - (y0 + (y1 - y0) * t);
        double cz = z[i] - step[2][i] * (1 - t) - (z0 + (z1 - z0) * t);
        return Math.sqrt(cx * cx + cy * cy + cz * cz) - radius[i] - 1;
    }

    /** The first sphere entered and when, by small steps through all of them. */
    private double[] march(
            double x0,
            double y0,
            double z0,
            double x1,
            double y1,
            double z1,
            long except,
            int pass) {
        for (int s = 0; s <= 1_000; s++) {
            double t = s / 1_000.0;
            for (int i = 0; i < COUNT; i++) {
                if (i + 1 != except
                        && (pass >>> faction[i] & 1) == 0
                        && squared(i, x0, y0, z0) < 4e6
                        && gap(i, t, x0, y0, z0, x1, y1, z1) <= 0) {
                    return new double[] {i, t};
                }
            }
        }
        return new double[] {-1, 2};
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void shouldListLargeSpheresInEveryCellTheyTouch(long seed) {
        SplittableRandom places = new SplittableRandom(seed);
        GridLayer large = new GridLayer(100_000);
        double[][] bodies = new double[20][4];
        for (int i = 0; i < bodies.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                bodies[i][axis] = places.nextDouble(-1e6, 1e6);
            }
            bodies[i][3] = places.nextDouble(200, 90_000);
            large.addToAllCells(
                    bodies[i][0],
                    bodies[i][1],
                    bodies[i][2],
                    (float) bodies[i][3],
                    i + 1,
                    (byte) 0);
        }
        large.build();
        for (double[] body : bodies) {
            double px = body[0] + places.nextDouble(-1, 1) * body[3] * 0.57;
            double py = body[1] + places.nextDouble(-1, 1) * body[3] * 0.57;
            double pz = body[2] + places.nextDouble(-1, 1) * body[3] * 0.57;
            boolean found = false;
            for (int i = large.first(px, py, pz); i < large.last(px, py, pz); i++) {
                found |= large.x(i) == body[0];
            }
            assertThat(found).as("seed %d", seed).isTrue();
        }
    }
}
