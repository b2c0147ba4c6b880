package dev.horizon.plugins.market;

import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** Order books at all stations that take part in the economy. */
public final class Market implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        Counter counter = new Counter(registrar.config(MarketConfig.class));
        registrar.components(
                OrderColumn.TYPE,
                MarketOrderColumn.TYPE,
                QuotesColumn.TYPE,
                ClerkColumn.TYPE,
                DepotColumn.TYPE,
                FillColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive("books", Stage.ACT, BookSystem.access(), new BookSystem()));
        registrar.system(
                SystemSpec.of("open", Stage.UPKEEP, OpenSystem.access(), new OpenSystem())
                        .every(OpenSystem.PERIOD_TICKS));
        registrar.system(
                SystemSpec.exclusive(
                        "quotes", Stage.UPKEEP, QuoteSystem.access(), new QuoteSystem()));
        EventRegistrar events = registrar.events();
        events.toClient("market", "placed", MarketEvents.Placed.class);
        events.toClient("market", "filled", MarketEvents.Filled.class);
        events.toClient("market", "book", MarketEvents.Book.class);
        events.onClient("market", "order", MarketEvents.PlaceOrder.class, counter::place);
        events.onClient("market", "cancel", MarketEvents.CancelOrder.class, counter::cancel);
        events.onClient("market", "collect", MarketEvents.Collect.class, counter::collect);
        events.onClient("market", "look", MarketEvents.Look.class, counter::look);
        events.on(
                TickStarted.class,
                (event, context) -> context.world().forEach(Fill.class, context, Counter::tell));
    }
}
