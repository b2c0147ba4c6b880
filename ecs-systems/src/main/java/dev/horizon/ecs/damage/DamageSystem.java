package dev.horizon.ecs.damage;

import dev.horizon.ecs.flight.DriftColumn;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.subsystems.CrewMemberColumn;
import dev.horizon.ecs.subsystems.Parts;
import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.ecs.subsystems.SubsystemColumn;
import dev.horizon.ecs.weapons.HitColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;

/**
 * Applies the tick's hits in order; what hits a ghost is left for its node ({@link FarHit}). A
 * shield takes what it can, the hull the rest; what reaches the hull also harms one part of the
 * ship, or now and then one of the crew, at random.
 */
final class DamageSystem implements ExclusiveTask {
    static final Composition WRECK =
            Composition.of(
                    PositionColumn.TYPE,
                    MotionColumn.TYPE,
                    AttitudeColumn.TYPE,
                    SizeColumn.TYPE,
                    IdentityColumn.TYPE,
                    DriftColumn.TYPE,
                    WreckColumn.TYPE);

    private static final Composition FAR_HIT = Composition.of(FarHitColumn.TYPE);

    static final int WRECK_SECONDS = 60;
    private static final float PART_SHARE = 0.3f;
    private static final float CREW_SHARE = 0.5f;
    private static final double CREW_CHANCE = 0.12;
    private static final int PURPOSE_PART = 0x6001;

    static Access access() {
        return Access.none()
                .updating(HullColumn.TYPE)
                .optionallyUpdating(
                        ShieldColumn.TYPE,
                        DamageStateColumn.TYPE,
                        ShipSystemsColumn.TYPE,
                        SubsystemColumn.TYPE,
                        CrewMemberColumn.TYPE)
                .lookingUp(
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        AttitudeColumn.TYPE,
                        SizeColumn.TYPE,
                        IdentityColumn.TYPE,
                        GhostColumn.TYPE)
                .consuming(HitColumn.TYPE)
                .spawning(
                        FarHitColumn.TYPE,
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        AttitudeColumn.TYPE,
                        SizeColumn.TYPE,
                        IdentityColumn.TYPE,
                        DriftColumn.TYPE,
                        WreckColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        Effects<HitColumn> hits = sweep.consume(HitColumn.TYPE);
        HitColumn hit = hits.column();
        for (int i = 0; i < hits.size(); i++) {
            long at = sweep.lookup().locate(hit.target[i]);
            if (at == Lookup.NOWHERE) {
                continue;
            }
            GhostColumn ghosts = sweep.lookup().column(GhostColumn.TYPE, at);
            if (ghosts != null) {
                pass(sweep.commands(), hit, i, ghosts.node[Lookup.row(at)]);
            } else {
                apply(sweep, tick, hit.target[i], at, hit.source[i], hit.damage[i], i);
            }
        }
    }

    private static void pass(Commands commands, HitColumn hit, int i, int node) {
        int spawned = commands.spawn(FAR_HIT);
        FarHitColumn far = commands.column(FAR_HIT, FarHitColumn.TYPE);
        far.target[spawned] = hit.target[i];
        far.source[spawned] = hit.source[i];
        far.damage[spawned] = hit.damage[i];
        far.node[spawned] = node;
    }

    private static void apply(
            Sweep sweep, Tick tick, long target, long at, long source, float damage, int index) {
        HullColumn hull = sweep.update(HullColumn.TYPE, at);
        int row = Lookup.row(at);
        // What has no hull can't be harmed; what is dead already dies once. NaN harms nobody.
        if (hull == null || !(hull.points[row] > 0) || !(damage > 0)) {
            return;
        }
        DamageStateColumn state = sweep.update(DamageStateColumn.TYPE, at);
        if (state != null) {
            state.lastHitAt[row] = (int) tick.number();
            state.lastHitBy[row] = source;
            state.markRow(row);
        }
        float rest = shield(sweep, at, row, damage);
        if (rest <= 0) {
            return;
        }
        hull.points[row] = Math.max(0f, hull.points[row] - rest);
        hull.markRow(row);
        if (hull.points[row] == 0) {
            die(sweep, tick, target, at, source);
            return;
        }
        harmWithin(sweep, tick, target, at, rest, index);
    }

    private static float shield(Sweep sweep, long at, int row, float damage) {
        ShieldColumn shield = sweep.update(ShieldColumn.TYPE, at);
        if (shield == null || shield.points[row] <= 0) {
            return damage;
        }
        float taken = Math.min(shield.points[row], damage);
        shield.points[row] -= taken;
        shield.markRow(row);
        return damage - taken;
    }

    private static void harmWithin(
            Sweep sweep, Tick tick, long target, long at, float damage, int index) {
        // The index of the hit keeps two hits of one tick on one ship apart.
        long random = tick.random(target, PURPOSE_PART + index);
        double chance = (random >>> 40) * 0x1.0p-24;
        int pick = (int) random & 0xFFFF;
        if (chance < CREW_CHANCE) {
            Parts.hurt(sweep, target, at, pick, damage * CREW_SHARE);
        } else {
            int slots = Parts.slots(sweep, at);
            if (slots > 0) {
                Parts.mend(sweep, target, at, pick % slots, -damage * PART_SHARE);
            }
        }
    }

    private static void die(Sweep sweep, Tick tick, long target, long at, long source) {
        Commands commands = sweep.commands();
        commands.destroy(target);
        Lookup lookup = sweep.lookup();
        PositionColumn place = lookup.column(PositionColumn.TYPE, at);
        IdentityColumn identity = lookup.column(IdentityColumn.TYPE, at);
        SizeColumn size = lookup.column(SizeColumn.TYPE, at);
        if (place == null || identity == null || size == null) {
            return;
        }
        int row = Lookup.row(at);
        int wreck = commands.spawn(WRECK);
        PositionColumn position = commands.column(WRECK, PositionColumn.TYPE);
        position.x[wreck] = place.x[row];
        position.y[wreck] = place.y[row];
        position.z[wreck] = place.z[row];
        SizeColumn wreckSize = commands.column(WRECK, SizeColumn.TYPE);
        wreckSize.radius[wreck] = size.radius[row];
        wreckSize.sizeClass[wreck] = size.sizeClass[row];
        commands.column(WRECK, IdentityColumn.TYPE).shipType[wreck] =
                (byte) ShipType.WRECK.ordinal();
        commands.column(WRECK, DriftColumn.TYPE).expiresAt[wreck] =
                (int) tick.number() + (int) (WRECK_SECONDS / tick.dt());
        WreckColumn column = commands.column(WRECK, WreckColumn.TYPE);
        column.ship[wreck] = target;
        column.killer[wreck] = source;
        column.shipType[wreck] = identity.shipType[row];
        column.faction[wreck] = identity.faction[row];
        column.diedAt[wreck] = (int) tick.number();
        setMovement(commands, wreck, lookup, at, row);
    }

    private static void setMovement(Commands commands, int wreck, Lookup lookup, long at, int row) {
        MotionColumn movement = lookup.column(MotionColumn.TYPE, at);
        if (movement != null) {
            MotionColumn motion = commands.column(WRECK, MotionColumn.TYPE);
            motion.vx[wreck] = movement.vx[row];
            motion.vy[wreck] = movement.vy[row];
            motion.vz[wreck] = movement.vz[row];
        }
        AttitudeColumn attitude = commands.column(WRECK, AttitudeColumn.TYPE);
        AttitudeColumn turned = lookup.column(AttitudeColumn.TYPE, at);
        attitude.qw[wreck] = 1;
        if (turned != null) {
            attitude.qx[wreck] = turned.qx[row];
            attitude.qy[wreck] = turned.qy[row];
            attitude.qz[wreck] = turned.qz[row];
            attitude.qw[wreck] = turned.qw[row];
        }
    }
}
