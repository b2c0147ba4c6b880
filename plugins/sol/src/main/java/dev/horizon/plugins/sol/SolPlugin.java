package dev.horizon.plugins.sol;

import dev.horizon.ecs.StandardMechanisms;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;

/** The demo star system. */
public final class SolPlugin implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        SolConfig config = registrar.config(SolConfig.class);
        StandardMechanisms.register(registrar);
        registrar.components(
                SolStateColumn.TYPE,
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
        registrar.events().on(RegionStarted.class, (event, context) -> generate(context, config));
        Bridge.register(registrar.events(), config);
        Census.register(registrar, config);
    }

    private static void generate(EventContext context, SolConfig config) {
        World world = context.world();
        EntityId globals = world.singleton(new SolState(false));
        SolState state = world.read(globals, SolState.class);
        if (state != null && state.generated()) {
            return;
        }
        world.write(globals, new SolState(true));
        double seconds = context.tick().number() * context.tick().dt();
        Heavens heavens = new Heavens(world, config, seconds);
        heavens.layOut();
        new Traffic(world, heavens, config.seed(), config.scale()).launch(config.ships());
        new Battle(world, config).launch();
    }
}
