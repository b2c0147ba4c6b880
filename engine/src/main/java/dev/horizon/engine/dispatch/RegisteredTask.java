package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.AsyncTask;

/**
 * Slow work and whose it is.
 *
 * @param plugin name of the plugin
 * @param input what it is asked with
 * @param answer what it answers
 * @param task its code
 */
public record RegisteredTask<I extends Record, O extends Record>(
        String plugin, Class<I> input, Class<O> answer, AsyncTask<I, O> task) {
    /** By which a recorded answer names it. */
    public String name() {
        return input.getName();
    }

    /** Does the work. */
    public O run(Record question) throws Exception {
        return task.run(input.cast(question));
    }
}
