package dev.horizon.engine.dispatch;

import dev.horizon.engine.ports.RunningCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Which handler runs now: written by the tick thread at no price, read by whoever watches it. */
final class RunningHandler {
    private static final VarHandle HANDLER;

    static {
        try {
            HANDLER =
                    MethodHandles.lookup()
                            .findVarHandle(RunningHandler.class, "handler", Handler.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Handler handler;
    private volatile @Nullable Thread thread;

    /** Says whose thread this is, before the first handler of an event. */
    void begin() {
        Thread current = Thread.currentThread();
        if (thread != current) {
            thread = current;
        }
    }

    void enter(Handler next) {
        HANDLER.setRelease(this, next);
    }

    void end() {
        HANDLER.setRelease(this, (Handler) null);
    }

    /** For any thread. */
    @Nullable RunningCode code() {
        Handler now = (Handler) HANDLER.getAcquire(this);
        Thread of = thread;
        return now == null || of == null ? null : new RunningCode(now.name, now.plugin, of);
    }
}
