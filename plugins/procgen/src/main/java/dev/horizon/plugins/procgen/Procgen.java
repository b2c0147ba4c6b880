package dev.horizon.plugins.procgen;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.combat.Kill;
import java.util.function.BiConsumer;

/** Missions, sites and encounters that follow what each player does. */
public final class Procgen implements Plugin {
    private static final int LOOK_TICKS = 20;

    @Override
    public void setup(Registrar registrar) {
        ProcgenConfig config = registrar.config(ProcgenConfig.class);
        Office office = new Office(config);
        registrar.components(
                TastesColumn.TYPE,
                TrailColumn.TYPE,
                DeedColumn.TYPE,
                MissionColumn.TYPE,
                BriefedColumn.TYPE);
        registrar.system(
                SystemSpec.of("observe", Stage.UPKEEP, ObserveSystem.access(), new ObserveSystem())
                        .every(ObserveSystem.PERIOD_TICKS));
        // Made once: a method reference made in every tick would be garbage in every tick.
        BiConsumer<EntityId, EventContext> credit = office::credit;
        BiConsumer<EntityId, EventContext> kill = office::kill;
        BiConsumer<EntityId, EventContext> look = office::look;
        BiConsumer<EntityId, EventContext> round = office::round;
        BiConsumer<EntityId, EventContext> welcome = office::welcome;
        EventRegistrar events = registrar.events();
        events.toClient("procgen", "offers", ProcgenEvents.Offers.class);
        events.toClient("procgen", "done", ProcgenEvents.Done.class);
        events.onClient("procgen", "accept", ProcgenEvents.Accept.class, office::accept);
        events.onClient("procgen", "drop", ProcgenEvents.Drop.class, office::drop);
        events.on(
                TickStarted.class,
                (event, context) -> {
                    context.world().forEach(Kill.class, context, kill);
                    context.world().forEach(Deed.class, context, credit);
                    long now = context.tick().number();
                    if (now % LOOK_TICKS == 0) {
                        context.world().forEach(Mission.class, context, look);
                    }
                    if (now % LOOK_TICKS == 1) {
                        context.world().forEach(Briefed.class, context, round);
                        context.world().forEach(Trail.class, context, welcome);
                    }
                });
    }
}
