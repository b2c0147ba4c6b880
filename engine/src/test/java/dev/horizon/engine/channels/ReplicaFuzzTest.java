package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Streams of replication messages that a hostile network made: cut, damaged, forged, repeated, in
 * another order. {@code -Dfuzz.rounds} and {@code -Dfuzz.seed} make a long run of it.
 */
class ReplicaFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 60_000);
    private static final int CHANNELS_MAX = 50;
    private static final int ENTITIES_MAX = 100;
    private static final int ROUNDS_OF_A_VIEW = 500;
    private static final int KEPT_MAX = 64;
    private static final List<String> NAMES =
            List.of(
                    "keyframe",
                    "changes",
                    "more",
                    "empty-keyframe",
                    "view-fresh",
                    "view",
                    "glance",
                    "beacon",
                    "recut",
                    "forget");

    private final double[] out = new double[4];

    @Test
    void shouldRefuseWithACodeOrApply() throws IOException {
        List<byte[]> golden = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in =
                    getClass().getResourceAsStream("/golden/replication-" + name + ".bin")) {
                assertThat(in).as(name).isNotNull();
                golden.add(in.readAllBytes());
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> sent = new ArrayList<>();
        ReplicaView view = view();
        int applied = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % ROUNDS_OF_A_VIEW == 0) {
                view = view();
                sent.clear();
            }
            byte[] message = next(golden, sent, random);
            try {
                applied += view.apply(new UnsafeBuffer(message), 0, message.length) ? 1 : 0;
            } catch (HorizonException e) {
                assertThat(e.code()).as("seed %d, round %d", SEED, round).startsWith("HZ-REP-");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
            assertThat(view.entities()).isLessThanOrEqualTo(ENTITIES_MAX);
            assertThat(view.channels()).isLessThanOrEqualTo(CHANNELS_MAX);
            view.forEach(this::lookAt);
        }
        assertThat(applied).isPositive();
        assertThat(refused).isPositive();
    }

    private static ReplicaView view() {
        return ReplicaView.open(channelId -> {}, CHANNELS_MAX, ENTITIES_MAX);
    }

    /** What is held must be whole enough to be shown. */
    private void lookAt(ReplicaEntity entity) {
        entity.place(1e6, 0.05, out);
        entity.attitude(1e6, 0.05, out);
        assertThat(entity.tier()).isNotNull();
        assertThat(entity.sizeClass()).isNotNull();
    }

    private static byte[] next(List<byte[]> golden, List<byte[]> sent, SplittableRandom random) {
        boolean isReplay = !sent.isEmpty() && random.nextInt(4) == 0;
        List<byte[]> from = isReplay ? sent : golden;
        byte[] message = from.get(random.nextInt(from.size())).clone();
        switch (random.nextInt(4)) {
            case 0 -> message = Arrays.copyOf(message, random.nextInt(message.length + 1));
            case 1 -> damage(message, message.length, random);
            // The header and the fixed fields: lengths, templates, ticks, sequences.
            case 2 -> damage(message, Math.min(message.length, 40), random);
            default -> {
                // As it is: repeated, or in another order.
            }
        }
        if (sent.size() == KEPT_MAX) {
            sent.remove(random.nextInt(KEPT_MAX));
        }
        sent.add(message);
        return message;
    }

    private static void damage(byte[] message, int within, SplittableRandom random) {
        for (int flips = random.nextInt(1, 5); flips > 0 && within > 0; flips--) {
            message[random.nextInt(within)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4) - 1);
        }
    }
}
