package dev.horizon.tools.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a node when a signal ends the virtual machine, also in the middle of its start. */
final class VirtualMachineEnd implements AutoCloseable {
    private static final long START_SECONDS_MAX = 4;

    private final Thread hook;

    private VirtualMachineEnd(Thread hook) {
        this.hook = hook;
    }

    /**
     * Until it is closed itself: as the first of the parts it is the last to go.
     *
     * @param startEnded a start under way gives up at its next part, which must be closed, too
     */
    static VirtualMachineEnd closes(ClosingStack parts, CountDownLatch startEnded) {
        Thread hook = new Thread(() -> close(parts, startEnded), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return new VirtualMachineEnd(hook);
    }

    private static void close(ClosingStack parts, CountDownLatch startEnded) {
        parts.close();
        try {
            startEnded.await(START_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is ending, and the hook with it.
        }
    }
}
