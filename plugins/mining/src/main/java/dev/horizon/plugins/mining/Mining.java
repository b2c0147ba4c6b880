package dev.horizon.plugins.mining;

import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** Who may cut which rock, and what grows back. */
public final class Mining implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        MiningConfig config = registrar.config(MiningConfig.class);
        Site site = new Site(config);
        registrar.components(ClaimColumn.TYPE, DrillColumn.TYPE, StopColumn.TYPE);
        registrar.system(
                SystemSpec.of(
                                "regrowth",
                                Stage.UPKEEP,
                                RegrowthSystem.access(),
                                new RegrowthSystem(config))
                        .every(config.regrowthTicks()));
        registrar.system(SystemSpec.of("law", Stage.UPKEEP, LawSystem.access(), new LawSystem()));
        registrar.system(
                SystemSpec.of("expiry", Stage.UPKEEP, ExpirySystem.access(), new ExpirySystem())
                        .every(ExpirySystem.PERIOD_TICKS));
        EventRegistrar events = registrar.events();
        events.toClient("mining", "claimed", MiningEvents.Claimed.class);
        events.toClient("mining", "stopped", MiningEvents.Stopped.class);
        events.onClient("mining", "start", MiningEvents.Start.class, site::start);
        events.onClient("mining", "stop", MiningEvents.StopLaser.class, site::stop);
        events.onClient("mining", "claim", MiningEvents.StakeClaim.class, site::claim);
        events.on(
                TickStarted.class,
                (event, context) -> context.world().forEach(Stop.class, context, Site::tell));
    }
}
