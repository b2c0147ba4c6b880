package dev.horizon.plugins.greeter;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import java.util.Locale;

/** Welcomes players, says goodbye, answers "hello". */
public final class Greeter implements Plugin {
    private static final int CROWD = 100;

    @Override
    public void setup(Registrar registrar) {
        registrar.components(WelcomeCountColumn.TYPE);
        EventRegistrar events = registrar.events();
        events.toClient("greeter", "greeting", Greeting.class);
        events.on(PlayerConnected.class, Greeter::welcome);
        events.on(PlayerDisconnected.class, Greeter::sayGoodbye);
        events.onClient("chat", "message", ChatMessage.class, Greeter::answer);
    }

    private static void welcome(PlayerConnected event, EventContext context) {
        EntityId counter = context.world().singleton(new WelcomeCount(0));
        WelcomeCount before = context.world().read(counter, WelcomeCount.class);
        int count = before == null ? 1 : before.players() + 1;
        context.world().write(counter, new WelcomeCount(count));
        String text = "Welcome, " + event.player().name() + "! You are guest number " + count + ".";
        context.players().send(event.player(), new Greeting(text));
    }

    private static void sayGoodbye(PlayerDisconnected event, EventContext context) {
        // In a crowd somebody leaves all the time: to tell all of each is the square of how many.
        if (context.players().all().size() <= CROWD) {
            context.players().sendAll(new Greeting("Farewell, " + event.player().name() + "!"));
        }
    }

    private static void answer(ChatMessage event, Player sender, EventContext context) {
        if (event.message().toLowerCase(Locale.ROOT).contains("hello")) {
            context.players().send(sender, new Greeting("Hello, " + sender.name() + "!"));
        }
    }
}
