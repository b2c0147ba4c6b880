package dev.horizon.perf;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that the tick thread allocates in each tick of the demo star system, in a file. */
final class AllocatedRun {
    private static final long SEED = 42;

    private AllocatedRun() {}

    /** Objects, ticks to warm up, ticks to measure, file. */
    public static void main(String[] arguments) throws IOException {
        int warmUp = Integer.parseInt(arguments[1]);
        long[] bytes = new long[Integer.parseInt(arguments[2])];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (SolWorld world = new SolWorld(Integer.parseInt(arguments[0]), SEED, 1)) {
            for (int i = -warmUp; i < bytes.length; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                world.step();
                world.publish();
                world.state().hash();
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                if (i >= 0) {
                    bytes[i] = allocated;
                }
            }
        }
        ByteBuffer file = ByteBuffer.allocate(bytes.length * Long.BYTES);
        file.asLongBuffer().put(bytes);
        Files.write(Path.of(arguments[3]), file.array());
    }
}
