package dev.horizon.plugins.chat;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import java.util.List;

/** Brings what a player says to those who are to hear it, within bounds. */
public final class Chat implements Plugin {
    /** Before other plugins' handlers: what is refused here, none of them hears. */
    private static final int FIRST = -100;

    private static final long SILENCE_SECONDS_MAX = 86_400;

    @Override
    public void setup(Registrar registrar) {
        ChatSettings settings = registrar.config(ChatSettings.class);
        registrar.components(ChatAllowanceColumn.TYPE, MuteListColumn.TYPE, SilenceColumn.TYPE);
        EventRegistrar events = registrar.events();
        events.toClient("chat", "message", ChatLine.class);
        events.toClient("chat", "said", ChatEvents.Said.class);
        events.toClient("chat", "muted", ChatEvents.Muted.class);
        events.onClient(
                "chat",
                "message",
                ChatMessage.class,
                FIRST,
                (event, sender, context) ->
                        say(Channel.SYSTEM, "", event.message(), sender, context, settings));
        events.onClient(
                "chat",
                "say",
                ChatEvents.Say.class,
                FIRST,
                (event, sender, context) ->
                        say(
                                event.channel(),
                                event.to(),
                                event.message(),
                                sender,
                                context,
                                settings));
        events.onClient("chat", "mute", ChatEvents.Mute.class, Mutes::mute);
        Galaxy.register(registrar);
        registrar.command(
                new CommandSpec(
                        "silence",
                        "<player> <seconds>",
                        "Keeps a player from talking for a while; 0 lets them talk again.",
                        Chat::silence));
    }

    private static void say(
            Channel channel,
            String to,
            String message,
            Player sender,
            EventContext context,
            ChatSettings settings) {
        String text = message.strip();
        Silence silence = context.world().read(sender.entity(), Silence.class);
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            context.refuse("HZ-CHT-001", "a message is one line of text; write something");
        } else if (text.length() > settings.lengthMax()) {
            context.refuse(
                    "HZ-CHT-002",
                    "a message has at most " + settings.lengthMax() + " characters; shorten it");
        } else if (silence != null && context.tick().number() < silence.until()) {
            context.refuse("HZ-CHT-006", "an operator has silenced you; wait");
        } else if (!mayTalk(sender, context, settings)) {
            context.refuse("HZ-CHT-003", "you talk too fast; wait a moment");
        } else if (channel == Channel.GALAXY) {
            Galaxy.tell(text, sender, context);
        } else if (channel == Channel.DIRECT && context.players().named(to) == null) {
            Galaxy.tellOne(to, text, sender, context);
        } else {
            deliver(channel, to, text, sender, context, settings);
        }
    }

    private static void deliver(
            Channel channel,
            String to,
            String text,
            Player sender,
            EventContext context,
            ChatSettings settings) {
        Record heard =
                channel == Channel.SYSTEM
                        ? new ChatLine(sender.name(), text)
                        : new ChatEvents.Said(
                                channel, sender.name(), channel == Channel.DIRECT ? to : "", text);
        List<Long> deaf = Mutes.deafTo(context.world(), sender.id());
        for (Player player : context.players().all()) {
            boolean self = player.id() == sender.id();
            boolean meant =
                    switch (channel) {
                        case SYSTEM, GALAXY -> true;
                        case DIRECT -> player.name().equals(to);
                        case LOCAL -> isNear(sender, player, context, settings.localMetres());
                    };
            if (self || meant && !deaf.contains(player.id())) {
                context.players().send(player, heard);
            }
        }
    }

    private static boolean isNear(
            Player one, Player other, EventContext context, double localMetres) {
        World world = context.world();
        Position a = world.read(context.players().focus(one), Position.class);
        Position b = world.read(context.players().focus(other), Position.class);
        if (a == null || b == null) {
            return false;
        }
        double dx = a.x() - b.x();
        double dy = a.y() - b.y();
        double dz = a.z() - b.z();
        return dx * dx + dy * dy + dz * dz <= localMetres * localMetres;
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

    private static String silence(List<String> arguments, EventContext context) {
        if (arguments.size() != 2 || !arguments.get(1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("say whom and for how long: silence Ada 60");
        }
        Player player = context.players().named(arguments.getFirst());
        long seconds = Long.parseLong(arguments.get(1));
        if (player == null || seconds > SILENCE_SECONDS_MAX) {
            throw new IllegalArgumentException(
                    "no player here is named "
                            + arguments.getFirst()
                            + ", or it is longer than a day");
        }
        long ticks = (long) (seconds / context.tick().dt());
        context.world().write(player.entity(), new Silence(context.tick().number() + ticks));
        return player.name() + " is silent for " + seconds + " s";
    }
}
