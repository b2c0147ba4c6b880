package dev.horizon.plugins.chat;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Registrar;
import java.util.List;

/** What is said to players of other nodes: a service that each node with chat offers. */
final class Galaxy {
    private static final String SERVICE = "chat";

    private Galaxy() {}

    static void register(Registrar registrar) {
        registrar.offer(SERVICE, GalaxyEvents.Line.class);
        registrar.offer(SERVICE, GalaxyEvents.Direct.class);
        registrar.offer(SERVICE, GalaxyEvents.Reached.class);
        registrar.events().onPlugin(GalaxyEvents.Line.class, Galaxy::hear);
        registrar.events().onPlugin(GalaxyEvents.Direct.class, Galaxy::hear);
        registrar.events().onPlugin(GalaxyEvents.Reached.class, Galaxy::reached);
    }

    /** To the players of all nodes, this one too. */
    static void tell(String text, Player sender, EventContext context) {
        send(new GalaxyEvents.Line(sender.id(), sender.name(), text), context);
    }

    /** To one who isn't on this node; the sender hears it once it has reached them. */
    static void tellOne(String to, String text, Player sender, EventContext context) {
        int node = context.services().node();
        int nodes =
                send(new GalaxyEvents.Direct(node, sender.id(), sender.name(), to, text), context);
        if (nodes == 1) {
            context.refuse("HZ-CHT-005", "no player here is named '" + to + "'");
        }
    }

    private static int send(Record event, EventContext context) {
        try {
            return context.services().toAll(SERVICE, event);
        } catch (HorizonException e) {
            context.refuse(
                    "HZ-CHT-004",
                    "the galaxy can't be reached now, try again later (" + e.code() + ")");
            return 0;
        }
    }

    private static void hear(GalaxyEvents.Line line, EventContext context) {
        var said = new ChatEvents.Said(Channel.GALAXY, line.from(), "", line.message());
        List<Long> deaf = Mutes.deafTo(context.world(), line.speaker());
        for (Player player : context.players().all()) {
            if (player.id() == line.speaker() || !deaf.contains(player.id())) {
                context.players().send(player, said);
            }
        }
    }

    private static void hear(GalaxyEvents.Direct line, EventContext context) {
        Player player = context.players().named(line.to());
        if (player == null) {
            return;
        }
        if (!Mutes.deafTo(context.world(), line.speaker()).contains(player.id())) {
            context.players().send(player, said(line));
        }
        if (line.node() != context.services().node()) {
            answer(line, context);
        }
    }

    private static void answer(GalaxyEvents.Direct line, EventContext context) {
        try {
            context.services().toNode(SERVICE, line.node(), new GalaxyEvents.Reached(line));
        } catch (HorizonException e) {
            // Their node is gone, or takes nothing: they don't hear that it was heard.
        }
    }

    private static void reached(GalaxyEvents.Reached reached, EventContext context) {
        Player speaker = context.players().named(reached.line().from());
        if (speaker != null) {
            context.players().send(speaker, said(reached.line()));
        }
    }

    private static ChatEvents.Said said(GalaxyEvents.Direct line) {
        return new ChatEvents.Said(Channel.DIRECT, line.from(), line.to(), line.message());
    }
}
