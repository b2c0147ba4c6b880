package dev.horizon.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.storage.WorldState;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tick allocates nothing once buffers have grown: systems, apply, stamp and hash. */
class AllocationTest {
    private static final int WARM_UP_TICKS = 3_000;
    private static final int TICKS = 200;

    private static final int WINDOWS = 10;

    /** Growth of a table or buffer is rare, but a busy world may meet one in a window. */
    private static final int GROWING_WINDOWS_MAX = 2;

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2})
    void shouldAllocateNothingInSteadyState(int threads) {
        ThreadMXBean threadBean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (WorldState world = Bustle.world(1000);
                Schedule schedule =
                        Schedule.alwaysParallel(
                                world, Bustle.systems(1000), Bustle.derived(), threads)) {
            TickState tick = new TickState(5, 0.05);
            SystemFaultListener faults = (system, number, fault) -> {};
            run(WARM_UP_TICKS, world, schedule, tick, faults);
            long[] ids = threads(threads);
            long[] bytes = new long[WINDOWS];
            for (int window = 0; window < WINDOWS; window++) {
                long before = allocated(threadBean, ids);
                run(TICKS, world, schedule, tick, faults);
                bytes[window] = allocated(threadBean, ids) - before;
            }
            assertThat(Arrays.stream(bytes).filter(b -> b > 0).count())
                    .as("windows of %d ticks that allocate: %s", TICKS, Arrays.toString(bytes))
                    .isLessThanOrEqualTo(GROWING_WINDOWS_MAX);
        }
    }

    private static void run(
            int ticks,
            WorldState world,
            Schedule schedule,
            TickState tick,
            SystemFaultListener faults) {
        for (int i = 0; i < ticks; i++) {
            tick.advance();
            schedule.run(tick, faults);
            world.apply();
            world.stamp(tick.number());
            world.hash();
        }
    }

    private static long[] threads(int threads) {
        long[] workers =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("horizon-systems-"))
                        .mapToLong(Thread::threadId)
                        .toArray();
        assertThat(workers).hasSizeGreaterThanOrEqualTo(threads - 1);
        long[] all = Arrays.copyOf(workers, workers.length + 1);
        all[workers.length] = Thread.currentThread().threadId();
        return all;
    }

    private static long allocated(ThreadMXBean bean, long[] ids) {
        long sum = 0;
        for (long id : ids) {
            sum += bean.getThreadAllocatedBytes(id);
        }
        return sum;
    }
}
