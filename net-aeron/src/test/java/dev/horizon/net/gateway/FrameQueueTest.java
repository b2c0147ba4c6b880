package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameQueueTest {
    private static final int CHANNELS = 24;
    private static final int STEPS = 4_000;

    private record Kept(long channelId, int tier, ByteBuf buffer) {}

    private final FrameQueue queue = new FrameQueue();
    private final List<Kept> model = new ArrayList<>();
    private final List<ByteBuf> made = new ArrayList<>();

    /** A list that looks at everything does the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldHoldWhatAPlainListHolds(long seed) {
        Random random = new Random(seed);
        int longest = 0;
        for (int step = 0; step < STEPS; step++) {
            // By turns it grows and shrinks, so that it is short and long.
            boolean grows = step / 200 % 2 == 0;
            int what = random.nextInt(10);
            if (what < (grows ? 7 : 2)) {
                add(random);
            } else if (what < 8) {
                take();
            } else if (what < 9 || random.nextInt(8) > 0) {
                remove(random.nextInt(CHANNELS));
            } else {
                removeTier(random.nextInt(4));
            }
            check();
            longest = Math.max(longest, queue.count());
        }
        assertThat(longest).isGreaterThan(50);
        queue.clear();
        assertThat(made).allMatch(buffer -> buffer.refCnt() == 0);
    }

    private void add(Random random) {
        int channel = random.nextInt(CHANNELS);
        int tier = random.nextInt(10) == 0 ? FrameQueue.STAYS : channel % 4;
        ByteBuf buffer = Unpooled.buffer().writeZero(1 + random.nextInt(100));
        made.add(buffer);
        model.add(new Kept(channel, tier, buffer));
        queue.add(channel, tier, buffer);
    }

    private void take() {
        ByteBuf taken = queue.take();
        assertThat(taken).isSameAs(model.isEmpty() ? null : model.removeFirst().buffer());
        if (taken != null) {
            assertThat(taken.release()).isTrue();
        }
    }

    private void remove(long channelId) {
        queue.remove(channelId);
        model.removeIf(each -> each.channelId() == channelId && each.tier() != FrameQueue.STAYS);
    }

    private void removeTier(int tier) {
        TreeSet<Long> named = new TreeSet<>();
        queue.removeTier(tier, named::add);
        TreeSet<Long> expected = new TreeSet<>();
        for (Kept each : model) {
            if (each.tier() == tier) {
                expected.add(each.channelId());
            }
        }
        model.removeIf(each -> each.tier() == tier);
        assertThat(named).isEqualTo(expected);
    }

    private void check() {
        assertThat(queue.count()).isEqualTo(model.size());
        assertThat(queue.bytes())
                .isEqualTo(model.stream().mapToInt(each -> each.buffer().readableBytes()).sum());
        assertThat(queue.nextBytes())
                .isEqualTo(model.isEmpty() ? 0 : model.getFirst().buffer().readableBytes());
        for (long channel = 0; channel < CHANNELS; channel++) {
            long id = channel;
            assertThat(queue.holds(channel))
                    .isEqualTo(model.stream().anyMatch(each -> each.channelId() == id));
        }
        int alive = 0;
        for (ByteBuf buffer : made) {
            alive += buffer.refCnt();
        }
        assertThat(alive).isEqualTo(model.size());
    }
}
