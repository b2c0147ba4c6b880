package dev.horizon.plugins.market;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/**
 * Order books at all stations that take part in the economy, for players of all nodes. A station's
 * home is the node that it is on, which has its book; all nodes know what the best orders say.
 */
public final class Market implements Plugin {
    static final int LOOK_TICKS = 20;

    /** Between the looks of other plugins, which are at the beginning of a second. */
    private static final int PHASE = 13;

    @Override
    public void setup(Registrar registrar) {
        MarketConfig config = registrar.config(MarketConfig.class);
        registrar.components(
                OrderColumn.TYPE,
                MarketOrderColumn.TYPE,
                QuotesColumn.TYPE,
                ClerkColumn.TYPE,
                DepotColumn.TYPE,
                FillColumn.TYPE,
                ListingColumn.TYPE,
                EditionColumn.TYPE,
                ReaderColumn.TYPE,
                SubscriptionColumn.TYPE,
                AskedColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive("books", Stage.ACT, BookSystem.access(), new BookSystem()));
        registrar.system(
                SystemSpec.of("open", Stage.UPKEEP, OpenSystem.access(), new OpenSystem())
                        .every(OpenSystem.PERIOD_TICKS));
        registrar.system(
                SystemSpec.exclusive(
                        "quotes", Stage.UPKEEP, QuoteSystem.access(), new QuoteSystem()));
        Subscriptions subscriptions = new Subscriptions(config);
        Relocation.register(registrar);
        players(registrar.events(), new Counter(config));
        nodes(registrar, new Broker(config));
        registrar.events().on(TickStarted.class, (event, context) -> look(subscriptions, context));
    }

    private static void players(EventRegistrar events, Counter counter) {
        events.toClient("market", "placed", MarketEvents.Placed.class);
        events.toClient("market", "filled", MarketEvents.Filled.class);
        events.toClient("market", "book", MarketEvents.Book.class);
        events.toClient("market", "compared", MarketEvents.Compared.class);
        events.toClient("market", "denied", MarketEvents.Denied.class);
        events.onClient("market", "order", MarketEvents.PlaceOrder.class, counter::place);
        events.onClient("market", "cancel", MarketEvents.CancelOrder.class, counter::cancel);
        events.onClient("market", "collect", MarketEvents.Collect.class, counter::collect);
        events.onClient("market", "look", MarketEvents.Look.class, counter::look);
        events.onClient("market", "survey", MarketEvents.Survey.class, counter::survey);
        events.onClient("market", "compare", MarketEvents.Compare.class, counter::compare);
    }

    private static void nodes(Registrar registrar, Broker broker) {
        take(registrar, Mail.Bid.class, broker::bid);
        take(registrar, Mail.Withdrawal.class, Broker::withdraw);
        take(registrar, Mail.Look.class, Broker::look);
        take(registrar, Mail.Survey.class, Broker::survey);
        take(registrar, Mail.Placed.class, Courier::placed);
        take(registrar, Mail.Denied.class, Courier::denied);
        take(registrar, Mail.Filled.class, Courier::filled);
        take(registrar, Mail.Page.class, Courier::page);
        take(registrar, Mail.Question.class, Gazette::hear);
        take(registrar, Mail.News.class, Subscriptions::hear);
    }

    private static <E extends Record> void take(
            Registrar registrar, Class<E> type, EventHandler<? super E> handler) {
        registrar.offer(Gazette.SERVICE, type);
        registrar.events().onPlugin(type, handler::handle);
    }

    private static void look(Subscriptions subscriptions, EventContext context) {
        context.world().forEach(Fill.class, context, Courier::tell);
        long tick = context.tick().number();
        if (tick % LOOK_TICKS == PHASE) {
            Gazette.publish(tick / LOOK_TICKS, context);
            Gazette.answer(context);
            subscriptions.follow(context);
        }
    }
}
