package dev.horizon.engine.schedule;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that give way to a tick where both want the same core: what they do can be some
 * milliseconds later, a tick can't. They are nicer than others, in the sense of {@code
 * setpriority(2)} of Linux, which needs no right; elsewhere they are threads like any. A thread
 * that such a one starts is as nice.
 */
public final class Niceness {
    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    /** Two fifths of what an ordinary thread gets of a core that both want. */
    private static final int NICE = 4;

    /** A ninth. */
    private static final int COMPILERS_NICE = 10;

    private static final int PRIO_PROCESS = 0;

    /** To Linux each thread is a process here, and 0 the one that asks. */
    private static final int CALLER = 0;

    private static final Path THREADS = Path.of("/proc/self/task");

    /** In the name of each thread that compiles, which the system cuts off after 15 letters. */
    private static final String COMPILER = "CompilerThre";

    private Niceness() {}

    /** Makes platform threads of this name that give way. */
    public static ThreadFactory threads(String name) {
        return task -> Thread.ofPlatform().name(name).unstarted(giving(task));
    }

    /** The same task, for a thread that is to give way as long as it runs. */
    public static Runnable giving(Runnable task) {
        return () -> {
            giveWay();
            task.run();
        };
    }

    /**
     * Makes the virtual machine's compilers give way, those to come included: what is compiled a
     * little later is interpreted a little longer, while a tick that waits for a core makes all
     * late. For the start of a process that ticks; one that can't be made to goes on as it is.
     */
    public static void compilersGiveWay() {
        allGiveWay(0);
    }

    /**
     * Makes all threads of this process give way, those to come included, and its compilers more:
     * for the start of a process beside nodes that doesn't tick. One that can't be made to goes on
     * as it is.
     */
    public static void processGivesWay() {
        allGiveWay(NICE);
    }

    private static void allGiveWay(int nice) {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                giveWay(thread, nice);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("Threads can't give way", e);
        }
    }

    private static void giveWay(Path thread, int nice) {
        try {
            String name = Files.readString(thread.resolve("comm")).strip();
            int number = Integer.parseInt(thread.getFileName().toString());
            giveWay(number, name, name.contains(COMPILER) ? COMPILERS_NICE : nice);
        } catch (IOException e) {
            LOG.debug("{} has ended", thread, e);
        }
    }

    private static void giveWay() {
        giveWay(CALLER, Thread.currentThread().getName(), NICE);
    }

    private static void giveWay(int thread, String name, int nice) {
        if (System.getProperty("os.name").equals("Linux")) {
            try {
                int now = (int) function("getpriority", 2).invokeExact(PRIO_PROCESS, thread);
                if (now < nice) {
                    int failed =
                            (int)
                                    function("setpriority", 3)
                                            .invokeExact(PRIO_PROCESS, thread, nice);
                    LOG.debug("{} gives way: {}", name, failed == 0);
                }
            } catch (Throwable e) {
                LOG.debug("{} can't give way", name, e);
            }
        }
    }

    private static MethodHandle function(String name, int ints) {
        MemoryLayout[] arguments = new MemoryLayout[ints];
        Arrays.fill(arguments, ValueLayout.JAVA_INT);
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
