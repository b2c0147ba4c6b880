package dev.horizon.plugins.sol;

import dev.horizon.ecs.StandardMechanisms;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.World;

/** The demo star system. */
public final class SolPlugin implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        SolConfig config = registrar.config(SolConfig.class);
        StandardMechanisms.register(registrar);
        registrar.components(
                PostingColumn.TYPE,
                ReinforcementColumn.TYPE,
                PilotColumn.TYPE,
                WatchColumn.TYPE,
                NoticeColumn.TYPE,
                AudiencesGivenColumn.TYPE);
        registrar.system(
                SystemSpec.of("muster", Stage.UPKEEP, MusterSystem.access(), new MusterSystem()));
        registrar.system(
                SystemSpec.of(
                        "reinforce",
                        Stage.UPKEEP,
                        ReinforceSystem.access(),
                        new ReinforceSystem()));
        registrar.system(
                SystemSpec.of("watch", Stage.UPKEEP, WatchSystem.access(), new WatchSystem()));
        registrar.tether(SolPlugin::isAtHome);
        registrar
                .events()
                .on(
                        RegionStarted.class,
                        (event, context) -> populate(event.region(), context, config));
        Bridge.register(registrar.events(), config);
        Census.register(registrar, config);
    }

    /** Who works for a station stays with it. */
    private static boolean isAtHome(Lookup lookup, long location) {
        PostingColumn postings = lookup.column(PostingColumn.TYPE, location);
        long home = postings == null ? 0 : postings.home[Lookup.row(location)];
        return home != 0 && lookup.locate(home) != Lookup.NOWHERE;
    }

    /** Makes what of the star system lies in a region: of all regions together, the whole of it. */
    private static void populate(Region region, EventContext context, SolConfig config) {
        World world = context.world();
        double seconds = context.tick().number() * context.tick().dt();
        Heavens heavens = new Heavens(world, config, region, seconds);
        heavens.layOut();
        new Traffic(world, heavens, region, config).launch(config.ships());
        new Battle(world, config).launch(region);
    }
}
