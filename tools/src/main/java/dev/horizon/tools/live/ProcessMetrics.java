package dev.horizon.tools.live;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** What this process takes of the machine, as the virtual machine and Linux count it when asked. */
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIB = 1_024;

    private final PrometheusRegistry registry;

    private ProcessMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** Registers all of it. */
    static void register(PrometheusRegistry registry) {
        ProcessMetrics metrics = new ProcessMetrics(registry);
        metrics.heap();
        metrics.collectors();
        metrics.system();
    }

    private void heap() {
        gauge(
                "horizon_heap_used_bytes",
                "Heap in use, garbage included",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        gauge(
                "horizon_heap_live_bytes",
                "Heap that was in use after the last collection",
                ProcessMetrics::liveBytes);
        gauge(
                "horizon_metaspace_bytes",
                "Memory of loaded classes",
                () -> pool("Metaspace").getUsage().getUsed());
        GaugeWithCallback.builder()
                .name("horizon_buffer_bytes")
                .help("Memory of buffers outside of the heap, and of mapped files")
                .labelNames("pool")
                .callback(callback -> {
                    for (var each : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
                        callback.call(each.getMemoryUsed(), each.getName());
                    }
                })
                .register(registry);
        counter(
                "horizon_allocated_bytes",
                "Bytes that all threads allocated",
                () ->
                        ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                                .getTotalThreadAllocatedBytes());
    }

    private void collectors() {
        CounterWithCallback.builder()
                .name("horizon_gc_collections")
                .help("Collections, and pauses of collectors that count these apart")
                .labelNames("collector")
                .callback(callback -> {
                    for (var each : ManagementFactory.getGarbageCollectorMXBeans()) {
                        callback.call(each.getCollectionCount(), each.getName());
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("horizon_gc_seconds")
                .help("Time of collections, and of the pauses of collectors that count these apart")
                .labelNames("collector")
                .callback(callback -> {
                    for (GarbageCollectorMXBean each :
                            ManagementFactory.getGarbageCollectorMXBeans()) {
                        callback.call(each.getCollectionTime() / 1e3, each.getName());
                    }
                })
                .register(registry);
    }

    private void system() {
        UnixOperatingSystemMXBean system =
                (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        counter(
                "horizon_cpu_seconds",
                "Processor time of all threads",
                () -> system.getProcessCpuTime() / 1e9);
        gauge("horizon_open_files", "Open file descriptors", system::getOpenFileDescriptorCount);
        gauge(
                "horizon_threads",
                "Live threads, virtual ones not counted",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                "horizon_resident_bytes",
                "Memory that the process has in use, shared memory that it touched included",
                ProcessMetrics::residentBytes);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private static double liveBytes() {
        long live = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = pool.getCollectionUsage();
            if (pool.getType() == MemoryType.HEAP && after != null) {
                live += after.getUsed();
            }
        }
        return live;
    }

    private static MemoryPoolMXBean pool(String name) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** 0 where there is no such file. */
    private static double residentBytes() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return (double) Long.parseLong(line.replaceAll("\\D", "")) * KIB;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
