package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.FrameWriter;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a moving viewer costs, counted in entities that are looked at. */
class EdgeCostTest {
    /** Objects per cubic kilometre. */
    private static final double DENSITY = 0.02;

    /** Objects at equal density in a cube, as keyframes of their cells. */
    static Edge filled(int objects, long seed) {
        ChannelConfig config = ChannelConfig.standard();
        Edge edge = new Edge(new EdgeCache(), config, EdgeConfig.standard(), new Seats());
        double side = side(objects);
        Random random = new Random(seed);
        double[][] places = new double[objects][3];
        for (double[] place : places) {
            for (int axis = 0; axis < 3; axis++) {
                place[axis] = (random.nextDouble() - 0.5) * side;
            }
        }
        for (Tier tier : new Tier[] {Tier.CLOSE, Tier.MEDIUM}) {
            publish(edge, config, tier, places);
        }
        edge.cache().tick(2);
        return edge;
    }

    static double side(int objects) {
        return StrictMath.cbrt(objects / DENSITY) * 1_000;
    }

    private static void publish(Edge edge, ChannelConfig config, Tier tier, double[][] places) {
        float metres = config.edgeMetres(SizeClass.CRAFT, tier);
        Map<Long, java.util.List<Integer>> cells = new HashMap<>();
        for (int i = 0; i < places.length; i++) {
            long id =
                    ChannelId.of(
                            SizeClass.CRAFT,
                            tier,
                            (int) Math.floor(places[i][0] / metres),
                            (int) Math.floor(places[i][1] / metres),
                            (int) Math.floor(places[i][2] / metres));
            cells.computeIfAbsent(id, key -> new java.util.ArrayList<>()).add(i);
        }
        FrameWriter writer = new FrameWriter();
        UnsafeBuffer out = new UnsafeBuffer(new byte[1 << 20]);
        int exponent = FrameWriter.placeExponent(config.tier(tier).errorMetres());
        cells.forEach((id, members) -> {
            writer.begin(id, 1, metres, exponent);
            int slot = 0;
            for (int i : members) {
                double[] track = new double[9];
                System.arraycopy(places[i], 0, track, 0, 3);
                writer.entered(slot, 0, 0, 10, (1L << 40) | i + 1, 0);
                writer.place(slot++, track, 0);
            }
            int length = writer.finish(out, 0, 1, FrameWriter.KEYFRAME);
            edge.cache().apply(out, 0, length);
        });
    }

    private static double visitsPerMove(int objects) {
        Edge edge = filled(objects, 3);
        Viewer viewer = edge.join(1);
        Random random = new Random(4);
        double inner = side(objects) / 2 - 15_000;
        double[] p = {0, 0, 0};
        int moves = 400;
        long before = edge.visits();
        for (int move = 0; move < moves; move++) {
            for (int axis = 0; axis < 3; axis++) {
                p[axis] += (random.nextDouble() - 0.5) * 600;
                p[axis] = Math.max(-inner, Math.min(inner, p[axis]));
            }
            viewer.focus(0, p[0], p[1], p[2], Double.POSITIVE_INFINITY, new long[0], 0);
            edge.cache().tick(2 + 5L * move);
            edge.follow(viewer);
            edge.gather(viewer);
            edge.endRound();
        }
        assertThat(viewer.held()).isGreaterThan(10);
        return (double) (edge.visits() - before) / moves;
    }

    @Test
    void shouldCostTheSameToMoveAmongAThousandObjectsAndAHundredThousand() {
        double few = visitsPerMove(1_000);
        double many = visitsPerMove(100_000);
        assertThat(many).as("visits among 1,000: %s", few).isLessThan(2 * few);
        assertThat(many).isLessThan(2_000);
    }
}
