package dev.horizon.engine.calls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Calls of plugins' code that leave no trace of it in the engine's.
 *
 * <p>Of a call by an interface the virtual machine counts the two classes that it sees first, and
 * the compiler writes them into the engine's own code. Where that runs in each tick, a concurrent
 * collector takes what is written there for used, and keeps the class loaders of versions that are
 * long replaced: two for each such place. Of a method handle that isn't a constant nothing is
 * counted, and nothing is written. It costs some nanoseconds a call, as {@code horizon bench
 * plugins} measures.
 */
public final class PluginCalls {
    private PluginCalls() {}

    /**
     * Binds one.
     *
     * @param type a public interface
     * @param name of its only method
     * @param erased parameters and result as the interface has them at run time, for {@code
     *     invokeExact}
     * @param code a plugin's
     */
    public static <T> MethodHandle of(Class<T> type, String name, MethodType erased, T code) {
        try {
            return MethodHandles.publicLookup().findVirtual(type, name, erased).bindTo(code);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " has no such method", e);
        }
    }
}
