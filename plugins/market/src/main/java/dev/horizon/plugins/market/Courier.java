package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Berth;
import dev.horizon.plugins.economy.Remittance;
import java.util.List;

/** Brings players what comes of their orders, and what other nodes answer. */
final class Courier {
    private Courier() {}

    /**
     * Tells a player of a fill, and brings what they bought into their hold while they are there.
     * The money of one who plays elsewhere follows them.
     */
    static void tell(EntityId id, EventContext context) {
        World world = context.world();
        Fill fill = world.read(id, Fill.class);
        world.destroy(id);
        if (fill == null) {
            return;
        }
        var filled =
                new MarketEvents.Filled(
                        fill.station(), fill.side(), fill.commodity(), fill.price(), fill.units());
        Player player = context.players().find(fill.playerId());
        if (player == null) {
            Remittance.follow(fill.playerId(), context);
            int node = Remittance.lastSeen(fill.playerId(), context);
            if (!Subscriptions.isAway(node, context)) {
                var mail = new Mail.Filled(fill.playerId(), filled);
                context.services().reaches(Gazette.SERVICE, node, mail);
            }
            return;
        }
        Berth berth = Berth.of(player, context);
        if (fill.side() == Side.BUY && berth != null && berth.isAt(fill.station())) {
            Depots.bring(player.id(), berth, fill.commodity(), world);
        }
        context.players().send(player, filled);
        show(player, fill.station(), context);
    }

    /** Shows a player the book of one of this node's stations; nothing of one that has left. */
    static void show(Player player, EntityId station, EventContext context) {
        if (!Books.isAt(station, context.world())) {
            return;
        }
        int[] hold = hold(player, context);
        var page = Books.page(player.id(), station, hold, context.world());
        context.players().send(player, page);
    }

    private static int[] hold(Player player, EventContext context) {
        Berth berth = Berth.of(player, context);
        Hold hold = berth == null ? null : context.world().read(berth.ship(), Hold.class);
        return hold == null ? new int[Commodity.COUNT] : hold.units();
    }

    static void placed(Mail.Placed placed, EventContext context) {
        bring(placed.playerId(), new MarketEvents.Placed(placed.order()), context);
    }

    static void denied(Mail.Denied denied, EventContext context) {
        var event = new MarketEvents.Denied(denied.code(), denied.reason());
        bring(denied.playerId(), event, context);
    }

    static void filled(Mail.Filled filled, EventContext context) {
        bring(filled.playerId(), filled.fill(), context);
    }

    static void page(Mail.Page page, EventContext context) {
        Player player = context.players().find(page.playerId());
        if (player == null) {
            return;
        }
        int[] hold = hold(player, context);
        List<MarketEvents.Line> lines =
                page.book().lines().stream()
                        .map(line -> line.withHold(hold[line.commodity().ordinal()]))
                        .toList();
        MarketEvents.Book book = page.book();
        context.players().send(player, new MarketEvents.Book(book.station(), lines, book.orders()));
    }

    private static void bring(long playerId, Record event, EventContext context) {
        Player player = context.players().find(playerId);
        if (player != null) {
            context.players().send(player, event);
        }
    }
}
