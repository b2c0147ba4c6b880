package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;

/** Goods and money of a star system, and the books that must balance in every tick. */
public final class Economy implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        EconomyConfig config = registrar.config(EconomyConfig.class);
        registrar.components(
                AccountColumn.TYPE,
                AccountHolderColumn.TYPE,
                TreasuryColumn.TYPE,
                GoodsFlowColumn.TYPE,
                MoneyFlowColumn.TYPE,
                LedgerColumn.TYPE,
                IndustryColumn.TYPE,
                ToldColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive(
                        "audit", Stage.DECIDE, AuditSystem.access(), new AuditSystem(config)));
        registrar.system(
                SystemSpec.of(
                                "settle",
                                Stage.UPKEEP,
                                SettleSystem.access(),
                                new SettleSystem(config))
                        .every(SettleSystem.PERIOD_TICKS));
        registrar.system(
                SystemSpec.of(
                        "industry",
                        Stage.UPKEEP,
                        IndustrySystem.access(),
                        new IndustrySystem(config)));
        registrar.system(
                SystemSpec.exclusive(
                                "circulation",
                                Stage.UPKEEP,
                                CirculationSystem.access(),
                                new CirculationSystem(config))
                        .every(CirculationSystem.PERIOD_TICKS));
        registrar.system(
                SystemSpec.of("losses", Stage.UPKEEP, LossSystem.access(), new LossSystem()));
        EventRegistrar events = registrar.events();
        events.toClient("economy", "balance", EconomyEvents.Balance.class);
        events.on(
                PlayerConnected.class, (event, context) -> Tellers.welcome(event, context, config));
        events.on(PlayerDisconnected.class, Tellers::farewell);
        events.on(TickStarted.class, (event, context) -> Customs.unpack(context));
        events.on(TickStarted.class, Tellers::tell);
        Customs.register(registrar);
        Remittance.register(registrar);
        registrar.command(
                new CommandSpec(
                        "ledger",
                        "",
                        "Shows what there is and what there should be.",
                        Economy::show));
        registrar.command(
                new CommandSpec(
                        "recount",
                        "",
                        "Takes stock anew and lets trade go on, after the books were broken.",
                        Economy::recount));
    }

    private static List<EntityId> ledgers(World world) {
        List<EntityId> found = new ArrayList<>(1);
        world.forEach(Ledger.class, found::add);
        return found;
    }

    private static String show(List<String> arguments, EventContext context) {
        List<EntityId> ledgers = ledgers(context.world());
        Ledger ledger =
                ledgers.isEmpty() ? null : context.world().read(ledgers.getFirst(), Ledger.class);
        if (ledger == null) {
            return "the books open with the first tick";
        }
        StringBuilder answer = new StringBuilder(ledger.state().name()).append('\n');
        for (Commodity commodity : Commodity.values()) {
            int i = commodity.ordinal();
            answer.append(commodity.name())
                    .append(' ')
                    .append(ledger.counted()[i])
                    .append(" of ")
                    .append(ledger.expected()[i])
                    .append('\n');
        }
        return answer.append("CREDITS ")
                .append(ledger.moneyCounted())
                .append(" of ")
                .append(ledger.moneyExpected())
                .toString();
    }

    private static String recount(List<String> arguments, EventContext context) {
        World world = context.world();
        long[] nothing = new long[Commodity.COUNT];
        for (EntityId ledger : ledgers(world)) {
            world.write(ledger, new Ledger(nothing, nothing, 0, 0, Ledger.State.NEW));
        }
        return "the next audit takes stock and opens the books; enable economy/audit if it is"
                + " quarantined";
    }
}
