package dev.horizon.plugins.economy;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.Arrays;

/**
 * Lets money follow players: what comes into the account of one who plays on another node goes
 * there, all that is in it. Where nobody knows where that is it stays, and each other node is asked
 * once to say when they come. Tick thread.
 */
public final class Remittance {
    private static final String SERVICE = "economy";
    private static final int LOOK_TICKS = 20;

    /** Between the looks of other plugins, which are at the beginning of a second. */
    private static final int PHASE = 7;

    /** Players that nodes are asked for in one look: 5 KB a second to each, at most. */
    private static final int ASKED_MAX = 64;

    private Remittance() {}

    /** To the node where a player was last known: money for them. */
    public record Sent(long playerId, long credits) {}

    /** To all: whoever has this player says so, now or once they come. */
    public record Sought(long playerId, int node) {}

    /** To a node that seeks a player: they play here. */
    public record Found(long playerId, int node) {}

    static void register(Registrar registrar) {
        registrar.components(DueColumn.TYPE, GuestColumn.TYPE, SeekerColumn.TYPE);
        take(registrar, Sent.class, Remittance::receive);
        take(registrar, Sought.class, Remittance::seek);
        take(
                registrar,
                Found.class,
                (found, context) -> seen(found.playerId(), found.node(), context));
        registrar.events().on(TickStarted.class, (event, context) -> look(context));
    }

    private static <E extends Record> void take(
            Registrar registrar, Class<E> type, EventHandler<? super E> handler) {
        registrar.offer(SERVICE, type);
        registrar.events().onPlugin(type, handler::handle);
    }

    /**
     * Puts money that another node has sent into a player's account, which is opened where there is
     * none, and lets it follow them.
     *
     * @param credits at least 0
     * @throws IllegalArgumentException for less
     */
    public static void pay(long playerId, long credits, EventContext context) {
        EntityId account = Bank.open(context.world(), playerId);
        Bank.receive(context.world(), account, credits);
        follow(playerId, account, context);
    }

    /** Lets what is in a player's account here follow them, where they don't play here. */
    public static void follow(long playerId, EventContext context) {
        EntityId account = Bank.accountOf(context.world(), playerId);
        if (account != null) {
            follow(playerId, account, context);
        }
    }

    /** The same of an account that may have been opened just now. */
    public static void follow(long playerId, EntityId account, EventContext context) {
        if (!isHere(playerId, context) && context.world().read(account, Due.class) == null) {
            context.world().write(account, new Due(playerId, 0));
        }
    }

    /** Notes on which node a player was heard of. */
    public static void seen(long playerId, int node, EventContext context) {
        World world = context.world();
        EntityId known = world.find(Guest.class, playerId);
        if (known == null) {
            world.create(new Guest(playerId, node));
        } else {
            world.write(known, new Guest(playerId, node));
        }
    }

    /** The node where a player was last heard of, or 0; they may have gone on since. */
    public static int lastSeen(long playerId, EventContext context) {
        EntityId known = context.world().find(Guest.class, playerId);
        Guest guest = known == null ? null : context.world().read(known, Guest.class);
        return guest == null ? 0 : guest.node();
    }

    private static boolean isHere(long playerId, EventContext context) {
        return context.players().find(playerId) != null;
    }

    /** Takes money for one who was here, and may have gone on: then it follows them. */
    private static void receive(Sent sent, EventContext context) {
        if (!isHere(sent.playerId(), context)) {
            // What is known of them may be what sent it here: all are asked.
            seen(sent.playerId(), 0, context);
        }
        pay(sent.playerId(), sent.credits(), context);
    }

    private static void seek(Sought sought, EventContext context) {
        World world = context.world();
        boolean[] isKnown = {sought.node() == context.services().node()};
        world.forEach(
                Seeker.class,
                sought.playerId(),
                id -> {
                    Seeker seeker = world.read(id, Seeker.class);
                    isKnown[0] |= seeker != null && seeker.node() == sought.node();
                });
        if (!isKnown[0]) {
            world.create(new Seeker(sought.playerId(), sought.node()));
        }
    }

    private static void look(EventContext context) {
        if (context.tick().number() % LOOK_TICKS != PHASE) {
            return;
        }
        World world = context.world();
        world.forEach(Seeker.class, context, Remittance::answer);
        int[] nodes = context.services().nodes(SERVICE);
        int[] left = {ASKED_MAX};
        world.forEach(Due.class, account -> send(account, nodes, left, context));
    }

    private static void answer(EntityId entity, EventContext context) {
        Seeker seeker = context.world().read(entity, Seeker.class);
        if (seeker != null && isHere(seeker.playerId(), context)) {
            var found = new Found(seeker.playerId(), context.services().node());
            if (context.services().reaches(SERVICE, seeker.node(), found)) {
                context.world().destroy(entity);
            }
        }
    }

    private static void send(EntityId account, int[] nodes, int[] left, EventContext context) {
        World world = context.world();
        Due due = world.read(account, Due.class);
        if (due == null) {
            return;
        }
        long credits = Bank.credits(world, account);
        int node = lastSeen(due.playerId(), context);
        if (credits == 0 || isHere(due.playerId(), context)) {
            world.remove(account, Due.class);
        } else if (node != context.services().node()
                && Arrays.binarySearch(nodes, node) >= 0
                && context.services().reaches(SERVICE, node, new Sent(due.playerId(), credits))) {
            Bank.send(world, account, credits);
            world.remove(account, Due.class);
        } else if (due.asked() != Arrays.hashCode(nodes) && left[0]-- > 0) {
            ask(account, due.playerId(), nodes, context);
        }
    }

    /** Asks again only where other nodes are there than before: each keeps the question. */
    private static void ask(EntityId account, long playerId, int[] nodes, EventContext context) {
        try {
            context.services().toAll(SERVICE, new Sought(playerId, context.services().node()));
            context.world().write(account, new Due(playerId, Arrays.hashCode(nodes)));
        } catch (HorizonException e) {
            // Too much waits for one of them: the next look asks again.
        }
    }
}
