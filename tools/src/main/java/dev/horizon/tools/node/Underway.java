package dev.horizon.tools.node;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Work on a thread of its own, whose result is wanted later: a start has two cores to use. */
final class Underway<T> {
    private final FutureTask<T> task;

    private Underway(FutureTask<T> task) {
        this.task = task;
    }

    /** Begins. The thread is a daemon: when the start fails elsewhere, nobody waits for it. */
    static <T> Underway<T> start(String name, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofPlatform().name(name).daemon().start(task);
        return new Underway<>(task);
    }

    /** Waits for the result; what the work threw is thrown here. */
    T result() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
