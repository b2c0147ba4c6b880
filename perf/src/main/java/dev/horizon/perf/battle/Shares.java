package dev.horizon.perf.battle;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Tier;
import dev.horizon.perf.Figure;
import dev.horizon.perf.stage.EncodeCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.collections.LongHashSet;

/**
 * What encoding costs by the share of channels that are subscribed: fleets that are out of each
 * other's reach, of which some are watched, CLOSE and MEDIUM.
 */
final class Shares {
    private static final int FLEETS = 200;
    private static final int SHIPS_PER_FLEET = 25;

    private Shares() {}

    static List<Figure> run(int ticks, Consumer<String> progress) {
        List<Figure> figures = new ArrayList<>();
        for (int percent : new int[] {1, 10, 100}) {
            progress.accept("encoding with " + percent + " % of channels subscribed");
            EncodeCost.Cost cost =
                    EncodeCost.of(
                            (world, config, to) -> subscribe(percent, world, config, to),
                            Map.of(
                                    "ships",
                                    FLEETS * SHIPS_PER_FLEET,
                                    "groups",
                                    FLEETS,
                                    "group-metres",
                                    800.0,
                                    "extent-metres",
                                    4e6,
                                    "skirmish",
                                    true),
                            Map.of(),
                            ticks);
            String name = "encode, processor, " + percent + " % of channels subscribed";
            figures.add(Figure.plain(name, cost.nanosPerTick() / 1e3, "us/tick"));
            figures.add(Figure.plain(name + ": rows", cost.rowsPerTick(), "1/tick"));
        }
        return figures;
    }

    /** The ships lie in the order in which they were dealt to fleets. */
    private static void subscribe(
            int percent, WorldState world, ChannelConfig config, LongConsumer to) {
        InterestRules rules = new InterestRules(config);
        LongHashSet none = new LongHashSet();
        LongHashSet wanted = new LongHashSet();
        for (int ordinal = 0; ordinal < world.tableCount(); ordinal++) {
            Table table = world.table(ordinal);
            PositionColumn position = table.column(PositionColumn.TYPE);
            if (position == null) {
                continue;
            }
            int watched = Math.min(table.size(), FLEETS * percent / 100);
            for (int row = 0; row < watched; row++) {
                wanted.clear();
                rules.channels(position.x[row], position.y[row], position.z[row], none, wanted);
                wanted.forEachLong(id -> {
                    Tier tier = ChannelId.tier(id);
                    if (tier == Tier.CLOSE || tier == Tier.MEDIUM) {
                        to.accept(id);
                    }
                });
            }
        }
    }
}
