package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a heap is worth a pause. */
class HeapUpkeepTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void shouldCollectAHeapThatGrewByAnEighthAndNoLess() {
        assertThat(HeapUpkeep.hasGrown(80 * MEGABYTE, 91 * MEGABYTE)).isTrue();
        assertThat(HeapUpkeep.hasGrown(80 * MEGABYTE, 89 * MEGABYTE)).isFalse();
    }

    @Test
    void shouldLeaveASmallHeapAlone() {
        assertThat(HeapUpkeep.hasGrown(16 * MEGABYTE, 19 * MEGABYTE)).isFalse();
        assertThat(HeapUpkeep.hasGrown(16 * MEGABYTE, 21 * MEGABYTE)).isTrue();
    }

    @Test
    void shouldCollectNothingOnceClosed() throws InterruptedException {
        HeapUpkeep upkeep = HeapUpkeep.start();
        upkeep.close();
        assertThat(upkeep.hasEnded()).isTrue();
    }
}
