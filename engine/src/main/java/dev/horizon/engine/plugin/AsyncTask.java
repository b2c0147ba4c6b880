package dev.horizon.engine.plugin;

/**
 * Slow work off the tick: a class of its own, which alone of a plugin's code may read clocks, files
 * and sockets. Sees nothing of the world but its input; what it answers is recorded and reaches the
 * world as a plugin event of a later tick.
 *
 * @param <I> what it is asked
 * @param <O> what it answers
 */
@FunctionalInterface
public interface AsyncTask<I extends Record, O extends Record> {
    /**
     * Does the work, on a thread beside the tick that is interrupted after a minute. One that goes
     * on regardless keeps that thread; after four of its kind, no more are begun.
     *
     * @throws Exception when it can't; the world learns of it as {@link
     *     dev.horizon.engine.events.AsyncFailed}
     */
    O run(I input) throws Exception;
}
