package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Remittance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** At the home of stations: does what players who play on other nodes ask of their books. */
final class Broker {
    /** Books that a survey is answered with by one node at most. */
    private static final int PAGES_MAX = 32;

    private static final int[] NO_HOLD = new int[Commodity.COUNT];

    private final MarketConfig config;

    Broker(MarketConfig config) {
        this.config = config;
    }

    /**
     * Takes the money that comes along into the player's account here, and out of that into the
     * order; what the order doesn't take follows the player.
     */
    void bid(Mail.Bid bid, EventContext context) {
        World world = context.world();
        long cost = bid.order().price() * bid.order().units();
        EntityId account = Bank.open(world, bid.playerId());
        Remittance.seen(bid.playerId(), bid.node(), context);
        Bank.receive(world, account, cost);
        Denial denial = Denial.of(bid.order(), bid.playerId(), config, world);
        if (denial == null && Bank.withdraw(world, account, cost)) {
            EntityId order =
                    Books.enter(
                            bid.order(),
                            bid.playerId(),
                            account,
                            cost,
                            new int[Commodity.COUNT],
                            world);
            answer(bid.node(), new Mail.Placed(bid.playerId(), order), context);
            return;
        }
        Remittance.follow(bid.playerId(), account, context);
        deny(bid.node(), bid.playerId(), denial, context);
    }

    static void withdraw(Mail.Withdrawal withdrawal, EventContext context) {
        World world = context.world();
        Order order = Books.order(withdrawal.order(), world);
        int named = withdrawal.order().block();
        if (order == null
                && named != context.services().node()
                && context.services().reaches(Gazette.SERVICE, named, withdrawal)) {
            return; // A build that left books behind may have it there, whose word is the last.
        }
        Remittance.seen(withdrawal.playerId(), withdrawal.node(), context);
        Denial denial = Books.withdraw(withdrawal.order(), withdrawal.playerId(), world);
        if (denial == null && order != null) {
            Remittance.follow(withdrawal.playerId(), context);
            show(withdrawal.node(), withdrawal.playerId(), order.station(), context);
        }
        deny(withdrawal.node(), withdrawal.playerId(), denial, context);
    }

    static void look(Mail.Look look, EventContext context) {
        Remittance.seen(look.playerId(), look.node(), context);
        if (Books.isAt(look.station(), context.world())) {
            show(look.node(), look.playerId(), look.station(), context);
        } else {
            Denial denial = Denial.notHere(look.station(), context.world());
            deny(look.node(), look.playerId(), denial, context);
        }
    }

    static void survey(Mail.Survey survey, EventContext context) {
        List<EntityId> stations = Books.stationsOf(survey.playerId(), context.world());
        if (!stations.isEmpty()) {
            Remittance.seen(survey.playerId(), survey.node(), context);
        }
        stations.stream()
                .limit(PAGES_MAX)
                .forEach(station -> show(survey.node(), survey.playerId(), station, context));
    }

    private static void show(int node, long playerId, EntityId station, EventContext context) {
        MarketEvents.Book book = Books.page(playerId, station, NO_HOLD, context.world());
        answer(node, new Mail.Page(playerId, book), context);
    }

    private static void deny(
            int node, long playerId, @Nullable Denial denial, EventContext context) {
        if (denial != null) {
            answer(node, new Mail.Denied(playerId, denial.code(), denial.reason()), context);
        }
    }

    /** To who asked; where their node takes nothing now, they look again. */
    private static void answer(int node, Record event, EventContext context) {
        context.services().reaches(Gazette.SERVICE, node, event);
    }
}
