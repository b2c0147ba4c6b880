package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.Tier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Membership by the written rules, and the comparison of a view with the world. */
final class Oracle {
    private final Fleet fleet;
    private final ChannelConfig config;
    private final Tier tier;
    private final Map<Long, int[]> cells = new HashMap<>();
    private final Map<Long, Size> sizes = new HashMap<>();
    private final double[] out = new double[4];

    /** Which channel an entity is in: by the cells of level 0, unless told otherwise. */
    ToLongFunction<EntityId> channels = this::channelOf;

    Oracle(Fleet fleet, ChannelConfig config, Tier tier) {
        this.fleet = fleet;
        this.config = config;
        this.tier = tier;
    }

    /** Follows every ship and rock into its cell; call it once per tick. */
    void follow() {
        for (EntityId id : fleet.placed()) {
            Position place = fleet.world.read(id, Position.class);
            Size size = fleet.world.read(id, Size.class);
            if (place == null || size == null) {
                cells.remove(id.value());
                continue;
            }
            double edge = config.edgeMetres(size.sizeClass(), tier);
            double margin = config.marginMetres(size.sizeClass(), tier);
            int[] cell = cells.get(id.value());
            double[] at = {place.x(), place.y(), place.z()};
            boolean inside =
                    sizes.put(id.value(), size) instanceof Size old
                            && old.equals(size)
                            && cell != null;
            for (int axis = 0; inside && axis < 3; axis++) {
                inside =
                        at[axis] >= cell[axis] * edge - margin
                                && at[axis] <= (cell[axis] + 1) * edge + margin;
            }
            if (!inside) {
                int[] fresh = new int[3];
                for (int axis = 0; axis < 3; axis++) {
                    fresh[axis] = (int) Math.floor(at[axis] / edge);
                }
                cells.put(id.value(), fresh);
            }
        }
    }

    long channelOf(EntityId id) {
        int[] cell = cells.get(id.value());
        Size size = fleet.world.read(id, Size.class);
        return ChannelId.of(size.sizeClass(), tier, cell[0], cell[1], cell[2]);
    }

    /**
     * Checks every ship and rock whose channel is due at this tick.
     *
     * @return entities compared
     */
    int check(ReplicaView view, DueTimes due) {
        int compared = 0;
        TierConfig promises = config.tier(tier);
        for (EntityId id : fleet.placed()) {
            if (!cells.containsKey(id.value())) {
                continue;
            }
            long channel = channels.applyAsLong(id);
            if (!due.isDue(due.phase(channel), fleet.tick)) {
                continue;
            }
            ReplicaEntity entity = view.find(id);
            assertThat(entity).as("%s at tick %d", id, fleet.tick).isNotNull();
            Position place = fleet.world.read(id, Position.class);
            assertThat(entity.place(fleet.tick, Fleet.DT, out)).isTrue();
            double error =
                    Math.sqrt(
                            square(out[0] - place.x())
                                    + square(out[1] - place.y())
                                    + square(out[2] - place.z()));
            assertThat(error)
                    .as("%s in %s at tick %d", id, ChannelId.text(channel), fleet.tick)
                    .isLessThanOrEqualTo(promises.errorMetres() * 1.0001);
            Attitude truth = fleet.world.read(id, Attitude.class);
            if (truth != null && promises.attitudeErrorDegrees() < 180) {
                assertThat(entity.attitude(fleet.tick, Fleet.DT, out)).isTrue();
                double dot =
                        out[0] * truth.qx()
                                + out[1] * truth.qy()
                                + out[2] * truth.qz()
                                + out[3] * truth.qw();
                double degrees = Math.toDegrees(2 * Math.acos(Math.min(1, Math.abs(dot))));
                assertThat(degrees)
                        .as("attitude of %s at tick %d", id, fleet.tick)
                        .isLessThanOrEqualTo(promises.attitudeErrorDegrees() + 0.02);
            }
            checkComponents(id, entity);
            compared++;
        }
        return compared;
    }

    private void checkComponents(EntityId id, ReplicaEntity entity) {
        Fleet.Plating plating = fleet.world.read(id, Fleet.Plating.class);
        byte[] row = entity.component(PlatingColumn.TYPE.wireId());
        if (plating == null || tier.compareTo(Tier.MEDIUM) > 0) {
            assertThat(row).as("plating of %s at tick %d", id, fleet.tick).isNull();
        } else {
            assertThat(row).as("plating of %s at tick %d", id, fleet.tick).isNotNull();
            Map<String, Object> values = ReplicatedShape.of(PlatingColumn.TYPE).decode(row);
            assertThat((Float) values.get("points")).isCloseTo(plating.points(), within(0.26f));
            assertThat(values.get("layers")).isEqualTo(plating.layers());
        }
        Fleet.Callsign sign = fleet.world.read(id, Fleet.Callsign.class);
        row = entity.component(CallsignColumn.TYPE.wireId());
        if (sign == null || tier == Tier.SENSOR) {
            assertThat(row).isNull();
        } else {
            Map<String, Object> values = ReplicatedShape.of(CallsignColumn.TYPE).decode(row);
            assertThat(values.get("text")).isEqualTo(sign.text());
            assertThat(values.get("kind")).isEqualTo(sign.kind().name());
            assertThat(values.get("chief")).isEqualTo(sign.chief());
        }
        assertThat(entity.component(SecretColumn.TYPE.wireId())).isNull();
    }

    private static double square(double value) {
        return value * value;
    }
}
