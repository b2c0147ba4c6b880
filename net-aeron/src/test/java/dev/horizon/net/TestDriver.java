package dev.horizon.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.driver.DriverConfig;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What tests over a real driver share. */
public final class TestDriver {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(60);

    private TestDriver() {}

    /** Everything under one directory, so that nothing can be left elsewhere. */
    public static DriverConfig config(Path directory) {
        return DriverConfig.at(directory.resolve("data")).withoutShutdownHook();
    }

    /** Awaits a condition with a bound. */
    public static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start)
                    .as("waiting for %s", what)
                    .isLessThan(BOUND_NANOS);
            LockSupport.parkNanos(100_000);
        }
    }
}
