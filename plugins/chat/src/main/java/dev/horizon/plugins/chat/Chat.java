package dev.horizon.plugins.chat;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;

/** Brings what a player says to all players, within bounds. */
public final class Chat implements Plugin {
    /** Before other plugins' handlers: what is refused here, none of them hears. */
    private static final int FIRST = -100;

    @Override
    public void setup(Registrar registrar) {
        ChatSettings settings = registrar.config(ChatSettings.class);
        registrar.components(ChatAllowanceColumn.TYPE);
        registrar.events().toClient("chat", "message", ChatLine.class);
        registrar
                .events()
                .onClient(
                        "chat",
                        "message",
                        ChatMessage.class,
                        FIRST,
                        (event, sender, context) -> say(event, sender, context, settings));
    }

    private static void say(
            ChatMessage event, Player sender, EventContext context, ChatSettings settings) {
        String text = event.message().strip();
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            context.refuse("HZ-CHT-001", "a message is one line of text; write something");
        } else if (text.length() > settings.lengthMax()) {
            context.refuse(
                    "HZ-CHT-002",
                    "a message has at most " + settings.lengthMax() + " characters; shorten it");
        } else if (!mayTalk(sender, context, settings)) {
            context.refuse("HZ-CHT-003", "you talk too fast; wait a moment");
        } else {
            context.players().sendAll(new ChatLine(sender.name(), text));
        }
    }

    private static boolean mayTalk(Player sender, EventContext context, ChatSettings settings) {
        long now = context.tick().number();
        ChatAllowance left = context.world().read(sender.entity(), ChatAllowance.class);
        double messages = settings.burst();
        if (left != null) {
            double seconds = (now - left.tick()) * context.tick().dt();
            messages = Math.min(messages, left.messages() + seconds * settings.messagesPerSecond());
        }
        boolean may = messages >= 1;
        context.world()
                .write(sender.entity(), new ChatAllowance(may ? messages - 1 : messages, now));
        return may;
    }
}
