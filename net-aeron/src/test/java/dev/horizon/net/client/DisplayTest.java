package dev.horizon.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import dev.horizon.schemas.replication.ViewEncoder;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTest {
    private static final long SEED = 20_261_122L;
    private static final int HZ = 20;
    private static final int PICTURES_PER_TICK = 3;

    private final ReplicaView replica = ReplicaView.open(channelId -> {});
    private final double[] out = new double[3];

    private void say(long tick, boolean first, double x, double v, double a) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        ViewEncoder view =
                new ViewEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        view.tick(tick).inputSequence(0).flags((short) (first ? 1 : 0));
        view.leftCount(0);
        ViewEncoder.EnteredEncoder entered = view.enteredCount(first ? 1 : 0);
        if (first) {
            entered.next().handle(1).tier((short) 0).sizeClass((short) 0).radius(10);
            entered.entityId(7).parentId(0);
            entered.placeExponent((byte) -3).velocityExponent((byte) -5);
            entered.accelerationExponent((byte) -7);
        }
        ViewEncoder.PlacedEncoder placed = view.placedCount(1).next();
        placed.handle(1).age(0).x(x).y(0).z(0).vx(v).vy(0).vz(0).ax((float) a).ay(0).az(0);
        view.nudgedCount(0);
        view.kickedCount(0);
        view.facedCount(0);
        view.turnedCount(0);
        view.strippedCount(0);
        view.componentsCount(0);
        view.steeredCount(0);
        view.flownCount(0);
        replica.apply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + view.encodedLength());
    }

    private ReplicaEntity ship() {
        ReplicaEntity ship = replica.find(new EntityId(7));
        assertThat(ship).isNotNull();
        return ship;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5})
    void shouldNeverJump(int delayTicks) {
        SplittableRandom random = new SplittableRandom(SEED);
        Display display = new Display(HZ).delayTicks(delayTicks);
        double x = 0;
        double v = 40;
        double a = 0;
        int until = 0;
        double before = Double.NaN;
        double stepBefore = Double.NaN;
        for (int tick = 0; tick < 200; tick++) {
            if (tick >= until) {
                a = random.nextDouble(-30, 30);
                until = tick + random.nextInt(10, 40);
            }
            if (tick % 3 == 0) {
                say(tick, tick == 0, x, v, a);
            }
            for (int picture = 0; picture < PICTURES_PER_TICK; picture++) {
                double now = tick + (double) picture / PICTURES_PER_TICK;
                assertThat(display.place(ship(), now, out)).isTrue();
                double step = out[0] - before;
                if (tick > delayTicks + 3) {
                    assertThat(step - stepBefore)
                            .as("seed %d, tick %d", SEED, tick)
                            .isCloseTo(0, within(0.25));
                }
                before = out[0];
                stepBefore = step;
            }
            x += v / HZ + a / HZ / HZ / 2;
            v += a / HZ;
        }
    }

    @Test
    void shouldFadeACorrectionAndJumpALongWay() {
        Display display = new Display(HZ);
        say(0, true, 0, 10, 0);
        display.place(ship(), 20, out);
        assertThat(out[0]).isEqualTo(10);
        say(20, false, 14, 10, 0);
        display.place(ship(), 20, out);
        assertThat(out[0]).as("not yet").isCloseTo(10, within(1e-9));
        display.place(ship(), 22, out);
        assertThat(out[0]).as("half way").isCloseTo(13, within(1e-9));
        display.place(ship(), 24, out);
        assertThat(out[0]).as("there").isCloseTo(16, within(1e-9));
        say(25, false, 5_000, 10, 0);
        display.place(ship(), 25, out);
        assertThat(out[0]).as("a long way").isEqualTo(5_000);
    }
}
