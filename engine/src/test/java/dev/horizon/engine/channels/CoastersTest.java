package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoastersTest {
    @Test
    void shouldVisitInOrderWhoeverIsThere() {
        Random random = new Random(7);
        Coasters coasters = new Coasters(3);
        coasters.reserve(5_000);
        TreeSet<Integer> there = new TreeSet<>();
        for (int i = 0; i < 20_000; i++) {
            int lane = random.nextInt(5_000);
            if (random.nextBoolean()) {
                coasters.add(lane, lane % 3);
                there.add(lane);
            } else if (there.remove(lane)) {
                coasters.remove(lane, lane % 3);
            }
        }
        for (int phase = 0; phase < 3; phase++) {
            long[] words = coasters.words(phase);
            for (int lane = 0; lane < words.length * 64; lane++) {
                boolean isSet = (words[lane >>> 6] >>> lane & 1) != 0;
                assertThat(isSet)
                        .as("lane %d", lane)
                        .isEqualTo(there.contains(lane) && lane % 3 == phase);
            }
        }
    }
}
