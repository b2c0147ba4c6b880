package dev.horizon.plugins.fleetai;

import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.damage.ShieldColumn;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.ecs.steering.OrdersColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.PositionColumn;
import org.jspecify.annotations.Nullable;

/**
 * Looks around for each squadron whose time it is: learns from what its tactic brought, draws the
 * next one for what the enemy is seen to do, and gives orders.
 */
final class CommandSystem implements ExclusiveTask {
    static final DerivedKey<Sighting> SIGHTING =
            new DerivedKey<>("fleet-ai-sighting", Sighting.class);

    private static final Composition LORE = Composition.of(LoreColumn.TYPE);
    private static final int PURPOSE_TACTIC = 0x6601;

    /** Metres from the enemy's middle from which on one of them is apart from the rest. */
    private static final double SCATTER_METRES = 5_000;

    /** Metres per choice from which on the enemy comes nearer. */
    private static final double CLOSING_METRES = 300;

    private static final double FALL_BACK_METRES = 8_000;
    private static final float LEASH_METRES = 20_000;

    private final FleetAiConfig config;
    private final Bandit bandit;

    CommandSystem(FleetAiConfig config) {
        this.config = config;
        this.bandit = new Bandit(config);
    }

    static Access access() {
        return Access.none()
                .optional(
                        PositionColumn.TYPE,
                        IdentityColumn.TYPE,
                        HullColumn.TYPE,
                        ShieldColumn.TYPE,
                        SquadmateColumn.TYPE)
                .optionallyUpdating(OrdersColumn.TYPE, SquadronColumn.TYPE, LoreColumn.TYPE)
                .spawning(LoreColumn.TYPE)
                .building(SIGHTING)
                // Both give orders, to different ships.
                .after("convoys/trade", "convoys/guard");
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        LoreColumn lore = null;
        boolean any = false;
        for (int table = 0; table < sweep.tables(); table++) {
            LoreColumn found = sweep.rows(table).optionalUpdate(LoreColumn.TYPE);
            lore = found == null ? lore : found;
            any |= sweep.rows(table).optionalUpdate(SquadronColumn.TYPE) != null;
        }
        if (!any) {
            return;
        }
        if (lore == null) {
            sweep.commands().spawn(LORE);
            return;
        }
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            SquadronColumn squadron = rows.optionalUpdate(SquadronColumn.TYPE);
            for (int row = 0; squadron != null && row < rows.to(); row++) {
                if ((int) tick.number() - squadron.nextAt[row] >= 0) {
                    command(sweep, tick, rows.entityAt(row), squadron, row, lore);
                }
            }
        }
    }

    private void command(
            Sweep sweep, Tick tick, long id, SquadronColumn squadron, int row, LoreColumn lore) {
        Sighting seen = sweep.derived(SIGHTING);
        look(sweep, id, squadron.faction[row], seen);
        boolean fought = squadron.chance[row] > 0;
        if (fought) {
            learn(seen, squadron, row, lore);
        }
        squadron.nextAt[row] = (int) tick.number() + config.windowTicks();
        squadron.markRow(row);
        if (seen.ships == 0 || seen.enemies == 0) {
            if (fought) {
                lore.battles[0]++;
                lore.won[0] += seen.ships > 0 ? 1 : 0;
                lore.markRow(0);
            }
            squadron.chance[row] = 0;
            if (seen.ships == 0) {
                sweep.commands().destroy(id);
            }
            return;
        }
        boolean closing = !fought || squadron.enemyMetres[row] - seen.metres() > CLOSING_METRES;
        int stance = Stance.of(seen.scatter > SCATTER_METRES, closing);
        int tactic =
                bandit.draw(lore.weights, stance * Tactic.COUNT, tick.uniform(id, PURPOSE_TACTIC));
        squadron.stance[row] = (byte) stance;
        squadron.tactic[row] = (byte) tactic;
        squadron.chance[row] = bandit.chance(lore.weights, stance * Tactic.COUNT, tactic);
        squadron.health[row] = seen.health;
        squadron.enemyHealth[row] = seen.enemyHealth;
        squadron.enemyMetres[row] = seen.metres();
        order(sweep, id, tactic, seen);
    }

    private void look(Sweep sweep, long id, byte faction, Sighting seen) {
        seen.clear();
        visit(sweep, id, faction, seen, 0);
        if (seen.ships == 0) {
            return;
        }
        seen.centreOwn();
        visit(sweep, id, faction, seen, 1);
        if (seen.enemies > 0) {
            seen.centreEnemies();
            visit(sweep, id, faction, seen, 2);
        }
    }

    /** Pass 0 sums up the squadron, 1 the enemies about it, 2 how far apart these are. */
    private void visit(Sweep sweep, long id, byte faction, Sighting seen, int pass) {
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            PositionColumn at = rows.optional(PositionColumn.TYPE);
            IdentityColumn identity = rows.optional(IdentityColumn.TYPE);
            HullColumn hull = rows.optional(HullColumn.TYPE);
            SquadmateColumn mate = rows.optional(SquadmateColumn.TYPE);
            if (at == null || identity == null || hull == null || (pass == 0 && mate == null)) {
                continue;
            }
            ShieldColumn shield = rows.optional(ShieldColumn.TYPE);
            for (int row = 0; row < rows.to(); row++) {
                double x = at.x[row];
                double y = at.y[row];
                double z = at.z[row];
                float points = hull.points[row] + (shield == null ? 0 : shield.points[row]);
                if (pass == 0) {
                    if (mate != null && mate.squadron[row] == id) {
                        seen.own(x, y, z, points);
                    }
                } else if (Faction.hostile(faction, identity.faction[row])
                        && Sighting.distance(x, y, z, seen.x, seen.y, seen.z)
                                < config.sightMetres()) {
                    if (pass == 1) {
                        seen.enemy(x, y, z, points, rows.entityAt(row));
                    } else {
                        double apart =
                                Sighting.distance(x, y, z, seen.enemyX, seen.enemyY, seen.enemyZ);
                        seen.scatter = Math.max(seen.scatter, apart);
                    }
                }
            }
        }
    }

    private void learn(Sighting seen, SquadronColumn squadron, int row, LoreColumn lore) {
        double dealt = Math.max(0, squadron.enemyHealth[row] - seen.enemyHealth);
        double suffered = Math.max(0, squadron.health[row] - seen.health);
        // Nothing done and nothing suffered is worth a little less than an even exchange.
        double reward = dealt + suffered == 0 ? 0.4 : dealt / (dealt + suffered);
        bandit.learn(
                lore.weights,
                squadron.stance[row] * Tactic.COUNT,
                squadron.tactic[row],
                reward,
                squadron.chance[row]);
        lore.lessons[0]++;
        lore.markRow(0);
    }

    private static void order(Sweep sweep, long id, int tactic, Sighting seen) {
        long subject =
                tactic == Tactic.WEAKEST.ordinal()
                        ? seen.weakest
                        : tactic == Tactic.STRONGEST.ordinal() ? seen.strongest : 0;
        double away = FALL_BACK_METRES / Math.max(1, seen.metres());
        boolean fallsBack = tactic == Tactic.FALL_BACK.ordinal();
        for (int table = 0; table < sweep.tables(); table++) {
            Rows rows = sweep.rows(table);
            SquadmateColumn mate = rows.optional(SquadmateColumn.TYPE);
            @Nullable OrdersColumn orders = rows.optionalUpdate(OrdersColumn.TYPE);
            PositionColumn at = rows.optional(PositionColumn.TYPE);
            for (int row = 0;
                    mate != null && orders != null && at != null && row < rows.to();
                    row++) {
                if (mate.squadron[row] != id) {
                    continue;
                }
                Behaviour behaviour = fallsBack ? Behaviour.GO_TO : Behaviour.ATTACK;
                orders.behaviour[row] = (byte) behaviour.ordinal();
                orders.subject[row] = subject;
                orders.x[row] = fallsBack ? at.x[row] + (seen.x - seen.enemyX) * away : seen.enemyX;
                orders.y[row] = fallsBack ? at.y[row] + (seen.y - seen.enemyY) * away : seen.enemyY;
                orders.z[row] = fallsBack ? at.z[row] + (seen.z - seen.enemyZ) * away : seen.enemyZ;
                orders.radius[row] = LEASH_METRES;
                orders.markRow(row);
            }
        }
    }
}
