package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.HorizonException;
import java.util.List;

/** Runs one command of an operator, under the same guard as handlers of events. Tick thread. */
final class OperatorCommand {
    private OperatorCommand() {}

    /** What {@link EventBus#command} does, but for the plugin events that follow. */
    static String run(
            Routes routes,
            Guard guard,
            DispatchContext context,
            String name,
            List<String> arguments) {
        Handler handler = require(routes, name);
        context.enter(null, 0);
        guard.begin();
        guard.enter(handler);
        String answer = "";
        Throwable thrown = null;
        try {
            answer = handler.run(arguments, context);
        } catch (Throwable e) {
            thrown = e;
        }
        IllegalArgumentException refused =
                thrown instanceof IllegalArgumentException badArguments ? badArguments : null;
        Throwable fault =
                guard.leave(handler, String.join(" ", arguments), refused == null ? thrown : null);
        guard.end();
        if (fault != null) {
            throw new HorizonException(
                    "HZ-CMD-003",
                    "command '" + name + "' threw " + fault + "; it is quarantined",
                    fault);
        }
        if (refused != null) {
            throw new HorizonException(
                    "HZ-CMD-004",
                    refused.getMessage() + " (usage: " + name + " " + routes.usage(name) + ")",
                    refused);
        }
        return answer;
    }

    private static Handler require(Routes routes, String name) {
        Handler handler = routes.commands.get(name);
        if (handler == null) {
            throw new HorizonException(
                    "HZ-CMD-001",
                    "no command '"
                            + name
                            + "'; there are: "
                            + String.join(", ", routes.commands.keySet()));
        }
        if (handler.quarantined) {
            throw new HorizonException(
                    "HZ-CMD-002",
                    "command '" + name + "' threw before; lift it with engine:lift " + name);
        }
        return handler;
    }
}
