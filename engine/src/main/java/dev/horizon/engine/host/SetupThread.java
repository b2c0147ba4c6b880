package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sets a plugin up on a thread of its own, which is left behind where it doesn't come back. */
final class SetupThread {
    /** Set-up registers things; this is a hundred times what the slowest takes. */
    static final long SECONDS_MAX = 10;

    private @Nullable Throwable fault;

    private SetupThread() {}

    /**
     * Runs the set-up.
     *
     * @throws HorizonException HZ-PLG-022 with the place where it stands when it doesn't return
     * @throws Throwable what it throws
     */
    static void run(String name, Plugin plugin, Registrar registrar) throws Throwable {
        SetupThread run = new SetupThread();
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("set-up of " + name)
                        .start(() -> run.setUp(plugin, registrar));
        if (!thread.join(Duration.ofSeconds(SECONDS_MAX))) {
            HorizonException late =
                    new HorizonException(
                            "HZ-PLG-022",
                            "plugin "
                                    + name
                                    + " did not return from setup within "
                                    + SECONDS_MAX
                                    + " s: register in setup, and work in systems and handlers");
            late.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            throw late;
        }
        Throwable thrown = run.fault;
        if (thrown != null) {
            throw thrown;
        }
    }

    private void setUp(Plugin plugin, Registrar registrar) {
        try {
            plugin.setup(registrar);
        } catch (Throwable e) {
            fault = e;
        }
    }
}
