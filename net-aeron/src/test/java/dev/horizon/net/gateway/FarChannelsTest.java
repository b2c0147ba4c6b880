package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FarChannelsTest {
    private static final byte[] STATES = {
        FarChannels.WHOLE, FarChannels.STARVED, FarChannels.ASKED
    };

    @Test
    void shouldKnowTheStateOfEachChannelHoweverManyComeAndGo() {
        long seed = 20_261_201L;
        Random random = new Random(seed);
        FarChannels far = new FarChannels();
        Map<Long, Byte> expected = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            // Ids that share their low bits collide in any table that looks at these.
            long id = (long) random.nextInt(step % 5_000 < 2_500 ? 300 : 30) << 32;
            if (random.nextInt(3) == 0) {
                assertThat(far.remove(id))
                        .as("seed %s, step %s", seed, step)
                        .isEqualTo(expected.remove(id) != null);
            } else {
                byte state = STATES[random.nextInt(STATES.length)];
                far.put(id, state);
                expected.put(id, state);
            }
            assertThat(far.state(id)).isEqualTo(expected.getOrDefault(id, FarChannels.NONE));
            assertThat(far.count()).isEqualTo(expected.size());
            assertThat(far.hasStarved()).isEqualTo(expected.containsValue(FarChannels.STARVED));
        }
        expected.forEach((id, state) -> assertThat(far.state(id)).isEqualTo(state));
        assertThat(far.ids()).hasSize(expected.size()).doesNotHaveDuplicates();

        far.clear();
        assertThat(far.count()).isZero();
        expected.keySet().forEach(id -> assertThat(far.state(id)).isEqualTo(FarChannels.NONE));
    }
}
