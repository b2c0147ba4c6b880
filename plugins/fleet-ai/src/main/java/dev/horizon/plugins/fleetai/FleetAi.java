package dev.horizon.plugins.fleetai;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.World;
import java.util.List;
import java.util.Locale;

/** Squadrons that learn which tactic beats the one that they meet. */
public final class FleetAi implements Plugin {
    @Override
    public void setup(Registrar registrar) {
        FleetAiConfig config = registrar.config(FleetAiConfig.class);
        registrar.components(LoreColumn.TYPE, SquadronColumn.TYPE, SquadmateColumn.TYPE);
        registrar.derived(CommandSystem.SIGHTING, Sighting::new);
        registrar.system(
                SystemSpec.exclusive(
                        "command",
                        Stage.DECIDE,
                        CommandSystem.access(),
                        new CommandSystem(config)));
        registrar.command(
                new CommandSpec("lore", "", "Shows what squadrons have learnt.", FleetAi::lore));
    }

    private static String lore(List<String> arguments, EventContext context) {
        World world = context.world();
        StringBuilder answer = new StringBuilder();
        world.forEach(
                Lore.class,
                id -> {
                    Lore lore = world.read(id, Lore.class);
                    if (lore == null) {
                        return;
                    }
                    answer.append(lore.lessons()).append(" lessons, ");
                    answer.append(lore.won()).append(" of ").append(lore.battles());
                    answer.append(" battles won\n");
                    for (Stance stance : Stance.values()) {
                        answer.append(stance.name());
                        for (Tactic tactic : Tactic.values()) {
                            int at = stance.ordinal() * Tactic.COUNT + tactic.ordinal();
                            answer.append(
                                    String.format(
                                            Locale.ROOT,
                                            " %s %.2f",
                                            tactic.name(),
                                            lore.weights()[at] / Tactic.COUNT));
                        }
                        answer.append('\n');
                    }
                });
        return answer.isEmpty() ? "nobody has fought yet" : answer.toString();
    }
}
