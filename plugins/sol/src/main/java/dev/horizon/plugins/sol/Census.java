package dev.horizon.plugins.sol;

import dev.horizon.ecs.cargo.Ore;
import dev.horizon.ecs.docking.Bays;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The operators' commands: how many there are of what, and more of them. */
final class Census {
    private static final int SPAWN_MAX = 10_000;

    private Census() {}

    static void register(Registrar registrar, SolConfig config) {
        registrar.command(
                new CommandSpec(
                        "census",
                        "",
                        "Counts objects by kind.",
                        (arguments, context) -> census(context)));
        registrar.command(
                new CommandSpec(
                        "spawn-ships",
                        "<n>",
                        "Sends n more patrol ships, at most " + SPAWN_MAX + " at once.",
                        (arguments, context) -> spawn(arguments, context, config)));
    }

    private static String census(EventContext context) {
        World world = context.world();
        int[] counts = new int[ShipType.values().length];
        world.forEach(
                Identity.class,
                id -> {
                    Identity identity = world.read(id, Identity.class);
                    if (identity != null) {
                        counts[identity.shipType().ordinal()]++;
                    }
                });
        int[] rocks = new int[1];
        world.forEach(Ore.class, id -> rocks[0]++);
        StringBuilder answer = new StringBuilder();
        for (ShipType type : ShipType.values()) {
            if (counts[type.ordinal()] > 0) {
                answer.append(type.name()).append(' ').append(counts[type.ordinal()]).append('\n');
            }
        }
        return answer.append("of ")
                .append(Arrays.stream(counts).sum())
                .append(" objects, ")
                .append(world.entities())
                .append(" entities with parts and crew")
                .toString();
    }

    private static String spawn(List<String> arguments, EventContext context, SolConfig config) {
        if (arguments.size() != 1 || !arguments.getFirst().matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("say how many ships, as in: spawn-ships 100");
        }
        int count = Integer.parseInt(arguments.getFirst());
        if (count < 1 || count > SPAWN_MAX) {
            throw new IllegalArgumentException(
                    count + " ships asked for, 1 to " + SPAWN_MAX + " come at once");
        }
        World world = context.world();
        int[] ships = new int[1];
        world.forEach(Posting.class, id -> ships[0]++);
        if (ships[0] + count > config.shipsMax()) {
            throw new IllegalArgumentException(
                    "there are "
                            + ships[0]
                            + " ships, at most "
                            + config.shipsMax()
                            + " are allowed; raise ships-max");
        }
        List<EntityId> stations = new ArrayList<>();
        world.forEach(Bays.class, stations::add);
        if (stations.isEmpty()) {
            throw new IllegalArgumentException("there is no station for them to patrol about");
        }
        Dice dice = new Dice(context.tick().seed() ^ context.tick().number());
        int now = (int) context.tick().number();
        for (int i = 0; i < count; i++) {
            EntityId station = stations.get(dice.below(stations.size()));
            world.create(
                    new Reinforcement(
                            now,
                            Faction.GUILD,
                            Behaviour.PATROL,
                            station,
                            EntityId.NONE,
                            0,
                            0,
                            0,
                            15_000),
                    new Posting(
                            Design.FIGHTER,
                            station,
                            dice.between(-4_000, 4_000),
                            dice.between(-4_000, 4_000),
                            dice.between(500, 4_000)));
        }
        return count + " ships are on their way";
    }
}
