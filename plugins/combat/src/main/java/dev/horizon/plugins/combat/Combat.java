package dev.horizon.plugins.combat;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import java.util.function.BiConsumer;

/** Where one may not fire, what a kill costs or brings, and what is left of a cargo. */
public final class Combat implements Plugin {
    private static final int SLOW_TICKS = 100;

    @Override
    public void setup(Registrar registrar) {
        CombatConfig config = registrar.config(CombatConfig.class);
        Court court = new Court(config);
        Desk desk = new Desk(config);
        registrar.components(
                BountyColumn.TYPE,
                WantedColumn.TYPE,
                StandingColumn.TYPE,
                KillColumn.TYPE,
                SalvageColumn.TYPE,
                SafetyColumn.TYPE);
        // In MOVE: pilots and helms have set the controls, guns haven't read them.
        registrar.system(
                SystemSpec.exclusive(
                        "safety", Stage.MOVE, SafetySystem.access(), new SafetySystem(config)));
        registrar.system(
                SystemSpec.of(
                        "deaths", Stage.UPKEEP, DeathSystem.access(), new DeathSystem(config)));
        registrar.system(
                SystemSpec.of("decay", Stage.UPKEEP, DecaySystem.access(), new DecaySystem())
                        .every(DecaySystem.PERIOD_TICKS));
        registrar.system(
                SystemSpec.of("enlist", Stage.UPKEEP, EnlistSystem.access(), new EnlistSystem())
                        .every(DecaySystem.PERIOD_TICKS));
        // Made once: a method reference made in every tick would be garbage in every tick.
        BiConsumer<EntityId, EventContext> judge = court::judge;
        EventRegistrar events = registrar.events();
        events.toClient("combat", "kill", CombatEvents.KillReport.class);
        events.toClient("combat", "wanted", CombatEvents.WantedNotice.class);
        events.toClient("combat", "held", CombatEvents.Held.class);
        events.toClient("combat", "looted", CombatEvents.Looted.class);
        events.toClient("combat", "standing", CombatEvents.StandingReport.class);
        events.on(PlayerConnected.class, Court::welcome);
        events.onClient("combat", "bounty", CombatEvents.PlaceBounty.class, desk::bounty);
        events.onClient("combat", "loot", CombatEvents.Loot.class, desk::loot);
        events.on(TickStarted.class, (event, context) -> tick(context, judge));
    }

    private static void tick(EventContext context, BiConsumer<EntityId, EventContext> judge) {
        if (context.tick().number() % SLOW_TICKS == 0) {
            context.world().forEach(Safety.class, context, Desk::tellHeld);
            context.world().forEach(Bounty.class, context, Court::markNewShips);
        }
        context.world().forEach(Kill.class, context, judge);
    }
}
