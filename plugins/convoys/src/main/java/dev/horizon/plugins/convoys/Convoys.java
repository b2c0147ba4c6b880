package dev.horizon.plugins.convoys;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.World;
import java.util.List;

/** Freighters that trade by price, and escorts that stay with them. */
public final class Convoys implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        ConvoysConfig config = registrar.config(ConvoysConfig.class);
        registrar.components(CompanyColumn.TYPE, HaulerColumn.TYPE, EscortDutyColumn.TYPE);
        registrar.system(
                SystemSpec.of("enlist", Stage.DECIDE, EnlistSystem.access(), new EnlistSystem())
                        .every(EnlistSystem.PERIOD_TICKS));
        registrar.system(
                SystemSpec.exclusive(
                        "trade", Stage.DECIDE, TradeSystem.access(), new TradeSystem(config)));
        registrar.system(
                SystemSpec.exclusive("guard", Stage.DECIDE, GuardSystem.access(), new GuardSystem())
                        .every(GuardSystem.PERIOD_TICKS));
        registrar.system(
                SystemSpec.exclusive(
                                "capital",
                                Stage.UPKEEP,
                                CapitalSystem.access(),
                                new CapitalSystem(config))
                        .every(CapitalSystem.PERIOD_TICKS));
        registrar.command(
                new CommandSpec(
                        "fleet", "", "Counts freighters, escorts and trips.", Convoys::fleet));
    }

    private static String fleet(List<String> arguments, EventContext context) {
        World world = context.world();
        long[] count = new long[3];
        world.forEach(
                Hauler.class,
                id -> {
                    Hauler hauler = world.read(id, Hauler.class);
                    count[0]++;
                    count[1] += hauler == null ? 0 : hauler.trips();
                });
        world.forEach(EscortDuty.class, id -> count[2]++);
        return count[0]
                + " freighters, "
                + count[2]
                + " escorts, "
                + count[1]
                + " trips with goods";
    }
}
