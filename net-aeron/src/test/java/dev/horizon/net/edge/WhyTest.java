package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.Veil;
import dev.horizon.schemas.replication.BeaconDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import java.nio.ByteOrder;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every reason is given, of what was decided and of what was never held. */
class WhyTest {
    private static final int UNLIMITED = 0;

    private final ChannelConfig channels = ChannelConfig.standard();
    private final Battlefield field = new Battlefield(5, channels);

    /** Channels whose frames arrive. */
    private LongPredicate arrives = channelId -> true;

    private Edge edge = edge(32, 1_024, UNLIMITED);
    private Viewer viewer = edge.join(1_000);

    @AfterEach
    void close() {
        field.close();
    }

    private Edge edge(int closeMax, int mediumMax, int bytes) {
        EdgeConfig config = new EdgeConfig(1, closeMax, 0, mediumMax, bytes, 64);
        Edge made = new Edge(new EdgeCache(), channels, config, new Seats());
        viewer = made.join(1_000);
        edge = made;
        return made;
    }

    private EntityId ship(double x) {
        return field.ship(SizeClass.CRAFT, x, 0, 0, 1);
    }

    private void see(double sensorMetres, EntityId... focus) {
        long[] list = new long[focus.length];
        for (int i = 0; i < list.length; i++) {
            list[i] = focus[i].value();
        }
        viewer.focus(0, 0, 0, 0, sensorMetres, list, list.length);
    }

    private void run(int ticks) {
        for (Tier tier : Tier.values()) {
            field.subscribe(tier);
        }
        for (int i = 0; i < ticks; i++) {
            field.publish((buffer, length) -> {
                int template = buffer.getShort(2);
                boolean isLost =
                        template == FrameDecoder.TEMPLATE_ID
                                && !arrives.test(buffer.getLong(8, ByteOrder.LITTLE_ENDIAN));
                if (template != BeaconDecoder.TEMPLATE_ID && !isLost) {
                    edge.cache().apply(buffer, 0, length);
                }
            });
            edge.cache().tick(field.tick);
            edge.follow(viewer);
            int length = edge.gather(viewer);
            edge.spend(viewer, length);
            edge.endRound();
        }
    }

    private void expect(EntityId entity, String tier, Reason reason) {
        Why why = edge.why(viewer, entity.value(), Long.MAX_VALUE);
        assertThat(why.tier()).as("%s", why).isEqualTo(tier);
        assertThat(why.reason()).as("%s", why).isEqualTo(reason);
    }

    @Test
    void shouldNameRangesFocusAndCarriers() {
        EntityId near = ship(500);
        EntityId turret = field.turrets.getFirst();
        EntityId middling = ship(5_000);
        EntityId far = ship(50_000);
        EntityId target = ship(60_000);
        see(Double.POSITIVE_INFINITY, target);
        run(3);
        expect(near, "CLOSE", Reason.RANGE);
        expect(turret, "CLOSE", Reason.CARRIER);
        expect(middling, "MEDIUM", Reason.RANGE);
        expect(far, Why.NOT_NEAR, Reason.RANGE);
        expect(target, "CLOSE", Reason.FOCUS);
        expect(new EntityId(12_345), Why.NOT_NEAR, Reason.RANGE);

        see(800);
        run(1);
        expect(near, "CLOSE", Reason.RANGE);
        expect(middling, Why.NOT_NEAR, Reason.SENSOR_RANGE);
        assertThat(edge.why(viewer, middling.value(), Long.MAX_VALUE).remembered()).isTrue();
        EntityId never = ship(6_000);
        run(3);
        expect(never, Why.NOT_NEAR, Reason.SENSOR_RANGE);
        field.world.destroy(near);
        field.ships.remove(near);
        run(8);
        expect(near, Why.NOT_NEAR, Reason.GONE);
    }

    @Test
    void shouldNameBudgetsOfWhatWasHeldAndOfWhatNeverWas() {
        edge(1, 1, UNLIMITED);
        EntityId first = ship(100);
        EntityId second = ship(200);
        EntityId third = ship(300);
        see(Double.POSITIVE_INFINITY);
        run(3);
        expect(first, "CLOSE", Reason.RANGE);
        expect(second, "MEDIUM", Reason.CLOSE_BUDGET);
        expect(third, Why.NOT_NEAR, Reason.MEDIUM_BUDGET);
    }

    @Test
    void shouldNameBytesThatDoNotSuffice() {
        edge(32, 1_024, 1_024);
        for (int i = 0; i < 40; i++) {
            ship(100 + i);
        }
        see(Double.POSITIVE_INFINITY);
        run(3);
        long late = field.ships.stream().filter(each -> reason(each) == Reason.BYTES).count();
        assertThat(late).as("ships that wait for bytes").isGreaterThan(10);
    }

    private Reason reason(EntityId entity) {
        return edge.why(viewer, entity.value(), Long.MAX_VALUE).reason();
    }

    @Test
    void shouldNameLossAndAudiences() {
        arrives = id -> ChannelId.tier(id).ordinal() > 1;
        EntityId unheard = ship(500);
        see(Double.POSITIVE_INFINITY);
        run(25);
        expect(unheard, Why.NOT_NEAR, Reason.LOSS);

        arrives = id -> true;
        field.subscribeAudience(Tier.CLOSE, 7, 1);
        EntityId hidden = ship(600);
        field.world.write(hidden, new Veil(7));
        run(3);
        expect(hidden, Why.NOT_NEAR, Reason.AUDIENCE);
        viewer.audiences(new int[] {7}, 1);
        run(1);
        expect(hidden, "CLOSE", Reason.RANGE);
        viewer.audiences(new int[0], 0);
        run(1);
        expect(hidden, Why.NOT_NEAR, Reason.AUDIENCE);
        assertThat(edge.why(viewer, hidden.value(), Long.MAX_VALUE).remembered()).isTrue();
    }
}
