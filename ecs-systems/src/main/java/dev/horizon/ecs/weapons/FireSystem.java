package dev.horizon.ecs.weapons;

import dev.horizon.ecs.flight.ControlsColumn;
import dev.horizon.ecs.flight.DriftColumn;
import dev.horizon.ecs.flight.Rotation;
import dev.horizon.ecs.grid.GridLayer;
import dev.horizon.ecs.grid.SpatialGrid;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;

/**
 * Fires what is ready on ships whose trigger is held: launchers spawn projectiles that lead the
 * target, beams hit at once. Without a target both fire along the nose.
 */
final class FireSystem implements SystemTask {
    static final Composition PROJECTILE =
            Composition.of(
                    PositionColumn.TYPE,
                    MotionColumn.TYPE,
                    SizeColumn.TYPE,
                    DriftColumn.TYPE,
                    ProjectileColumn.TYPE);

    /** Metres; also how far a swept shot reaches sideways. */
    static final float PROJECTILE_RADIUS = 1f;

    /** Of beams and launchers, as the tangent of the angle at which a shot strays at most. */
    private static final float SPREAD = 0.008f;

    private static final int PURPOSE_SPREAD = 0x5001;

    static Access access() {
        return Access.reading(
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        AttitudeColumn.TYPE,
                        ControlsColumn.TYPE,
                        IdentityColumn.TYPE,
                        SizeColumn.TYPE)
                .updating(ArmamentColumn.TYPE, WeaponStateColumn.TYPE)
                .optional(ShipSystemsColumn.TYPE)
                .lookingUp(PositionColumn.TYPE, MotionColumn.TYPE, GhostColumn.TYPE)
                .without(ParentColumn.TYPE)
                .using(SpatialGrid.KEY)
                .emitting(HitColumn.TYPE)
                .spawning(
                        PositionColumn.TYPE,
                        MotionColumn.TYPE,
                        SizeColumn.TYPE,
                        DriftColumn.TYPE,
                        ProjectileColumn.TYPE);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        ControlsColumn controls = rows.read(ControlsColumn.TYPE);
        ArmamentColumn armament = rows.update(ArmamentColumn.TYPE);
        int now = (int) tick.number();
        for (int row = rows.from(); row < rows.to(); row++) {
            if (!controls.fire[row]) {
                continue;
            }
            for (int i = row * Armament.MOUNTS; i < (row + 1) * Armament.MOUNTS; i++) {
                if (armament.kind[i] != 0 && now - armament.readyAt[i] >= 0) {
                    fire(rows, tick, row, i, controls.target[row]);
                }
            }
        }
    }

    private static void fire(Rows rows, Tick tick, int row, int i, long target) {
        ArmamentColumn armament = rows.update(ArmamentColumn.TYPE);
        WeaponStateColumn state = rows.update(WeaponStateColumn.TYPE);
        ShipSystemsColumn systems = rows.optional(ShipSystemsColumn.TYPE);
        float health = systems == null ? 1f : systems.weapons[row];
        if (armament.ammunition[i] == 0 || state.energy[row] < armament.energy[i] || health <= 0) {
            return;
        }
        boolean beam = armament.kind[i] == MountKind.BEAM.ordinal();
        long at = target == 0 ? Lookup.NOWHERE : rows.lookup().locate(target);
        if (!(beam ? shine(rows, tick, row, i, at) : launch(rows, tick, row, i, at))) {
            return;
        }
        state.energy[row] -= armament.energy[i];
        if (armament.ammunition[i] > 0) {
            armament.ammunition[i]--;
        }
        int mount = i - row * Armament.MOUNTS;
        state.shots[row]++;
        state.beams[row] =
                (byte) (beam ? state.beams[row] | 1 << mount : state.beams[row] & ~(1 << mount));
        state.target[row] = target;
        state.markRow(row);
        // Damaged mounts cycle slower.
        armament.readyAt[i] = (int) tick.number() + (int) (armament.cooldownTicks[i] / health);
        armament.markRow(row);
    }

    /** Launches a projectile; false when the target is out of range or arc. */
    private static boolean launch(Rows rows, Tick tick, int row, int i, long at) {
        ArmamentColumn armament = rows.read(ArmamentColumn.TYPE);
        PositionColumn position = rows.read(PositionColumn.TYPE);
        MotionColumn motion = rows.read(MotionColumn.TYPE);
        AttitudeColumn attitude = rows.read(AttitudeColumn.TYPE);
        float noseX = noseX(attitude, row);
        float noseY = noseY(attitude, row);
        float noseZ = noseZ(attitude, row);
        float speed = armament.speed[i];
        float ux = noseX;
        float uy = noseY;
        float uz = noseZ;
        if (at != Lookup.NOWHERE) {
            PositionColumn place = rows.lookup().column(PositionColumn.TYPE, at);
            MotionColumn movement = rows.lookup().column(MotionColumn.TYPE, at);
            if (place == null) {
                return false;
            }
            int other = Lookup.row(at);
            double dx = place.x[other] - position.x[row];
            double dy = place.y[other] - position.y[row];
            double dz = place.z[other] - position.z[row];
            double vx = (movement == null ? 0 : movement.vx[other]) - motion.vx[row];
            double vy = (movement == null ? 0 : movement.vy[other]) - motion.vy[row];
            double vz = (movement == null ? 0 : movement.vz[other]) - motion.vz[row];
            double seconds = Aim.interceptSeconds(dx, dy, dz, vx, vy, vz, speed);
            // Written so that NaN is refused too.
            if (!(seconds * speed <= armament.range[i])) {
                return false;
            }
            double length = Math.max(1e-3, seconds * speed);
            ux = (float) ((dx + vx * seconds) / length);
            uy = (float) ((dy + vy * seconds) / length);
            uz = (float) ((dz + vz * seconds) / length);
            if (ux * noseX + uy * noseY + uz * noseZ < armament.arcCosine[i]) {
                return false;
            }
        }
        long entity = rows.entityAt(row);
        ux += stray(tick, entity, 3 * (i & 3));
        uy += stray(tick, entity, 3 * (i & 3) + 1);
        uz += stray(tick, entity, 3 * (i & 3) + 2);
        spawn(rows, tick, row, i, ux * speed, uy * speed, uz * speed);
        return true;
    }

    private static void spawn(Rows rows, Tick tick, int row, int i, float vx, float vy, float vz) {
        Commands commands = rows.commands();
        int shot = commands.spawn(PROJECTILE);
        PositionColumn from = rows.read(PositionColumn.TYPE);
        MotionColumn movement = rows.read(MotionColumn.TYPE);
        ArmamentColumn armament = rows.read(ArmamentColumn.TYPE);
        PositionColumn position = commands.column(PROJECTILE, PositionColumn.TYPE);
        position.x[shot] = from.x[row];
        position.y[shot] = from.y[row];
        position.z[shot] = from.z[row];
        MotionColumn motion = commands.column(PROJECTILE, MotionColumn.TYPE);
        motion.vx[shot] = movement.vx[row] + vx;
        motion.vy[shot] = movement.vy[row] + vy;
        motion.vz[shot] = movement.vz[row] + vz;
        // Size class CRAFT is ordinal 0, which staging rows start with.
        commands.column(PROJECTILE, SizeColumn.TYPE).radius[shot] = PROJECTILE_RADIUS;
        int lifeTicks = (int) (armament.range[i] / (armament.speed[i] * tick.dt())) + 1;
        commands.column(PROJECTILE, DriftColumn.TYPE).expiresAt[shot] =
                (int) tick.number() + lifeTicks;
        ProjectileColumn projectile = commands.column(PROJECTILE, ProjectileColumn.TYPE);
        projectile.source[shot] = rows.entityAt(row);
        projectile.faction[shot] = rows.read(IdentityColumn.TYPE).faction[row];
        projectile.damage[shot] = armament.damage[i];
    }

    /** Fires a beam at where the target is; false when it is out of range or arc. */
    private static boolean shine(Rows rows, Tick tick, int row, int i, long at) {
        ArmamentColumn armament = rows.read(ArmamentColumn.TYPE);
        PositionColumn position = rows.read(PositionColumn.TYPE);
        AttitudeColumn attitude = rows.read(AttitudeColumn.TYPE);
        double x = position.x[row];
        double y = position.y[row];
        double z = position.z[row];
        float range = armament.range[i];
        double ux = noseX(attitude, row);
        double uy = noseY(attitude, row);
        double uz = noseZ(attitude, row);
        if (at != Lookup.NOWHERE) {
            PositionColumn place = rows.lookup().column(PositionColumn.TYPE, at);
            if (place == null) {
                return false;
            }
            int other = Lookup.row(at);
            double dx = place.x[other] - x;
            double dy = place.y[other] - y;
            double dz = place.z[other] - z;
            double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
            if (!(distance <= range)
                    || dx * ux + dy * uy + dz * uz < armament.arcCosine[i] * distance) {
                return false;
            }
            double scale = 1 / Math.max(1e-3, distance);
            ux = dx * scale;
            uy = dy * scale;
            uz = dz * scale;
        }
        long entity = rows.entityAt(row);
        byte faction = rows.read(IdentityColumn.TYPE).faction[row];
        int pass = Shots.passMask(faction);
        double tx = x + (ux + stray(tick, entity, 3 * (i & 3))) * range;
        double ty = y + (uy + stray(tick, entity, 3 * (i & 3) + 1)) * range;
        double tz = z + (uz + stray(tick, entity, 3 * (i & 3) + 2)) * range;
        GridLayer moving = rows.derived(SpatialGrid.KEY).moving();
        long hit = Shots.beam(moving, x, y, z, tx, ty, tz, entity, pass);
        if (hit != 0) {
            emit(rows.effects(HitColumn.TYPE), hit, entity, armament.damage[i]);
        }
        return true;
    }

    static void emit(Effects<HitColumn> hits, long target, long source, float damage) {
        int row = hits.add();
        HitColumn hit = hits.column();
        hit.target[row] = target;
        hit.source[row] = source;
        hit.damage[row] = damage;
    }

    private static float stray(Tick tick, long entity, int axis) {
        return (float) (tick.uniform(entity, PURPOSE_SPREAD + axis) - 0.5) * 2 * SPREAD;
    }

    private static float noseX(AttitudeColumn a, int row) {
        return Rotation.outerX(a.qx[row], a.qy[row], a.qz[row], a.qw[row], 1, 0, 0);
    }

    private static float noseY(AttitudeColumn a, int row) {
        return Rotation.outerY(a.qx[row], a.qy[row], a.qz[row], a.qw[row], 1, 0, 0);
    }

    private static float noseZ(AttitudeColumn a, int row) {
        return Rotation.outerZ(a.qx[row], a.qy[row], a.qz[row], a.qw[row], 1, 0, 0);
    }
}
