package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.EdgeCache;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class NodePulseTest {
    private static final int[] TWO_CLOSE_THREE_LOW = {2, 0, 3, 0};

    private final Arrivals node = new Arrivals();
    private final NodePulse pulse = new NodePulse(node, new EdgeCache());

    @Test
    void shouldWaitForFramesOfTheTiersThatArriveHereAndForNoOthers() {
        node.frames = new int[] {1, NodeLink.NOT_JOINED, NodeLink.NOT_JOINED, NodeLink.NOT_JOINED};
        pulse.now(0);
        pulse.onTickEnd(7, TWO_CLOSE_THREE_LOW, 1);
        assertThat(pulse.isComplete(1)).as("one frame of CLOSE is missing").isFalse();
        node.frames[Tier.CLOSE.ordinal()] = 2;
        assertThat(pulse.isComplete(1)).as("no LOW is awaited").isTrue();

        node.frames[Tier.LOW.ordinal()] = 2;
        pulse.onTickEnd(8, TWO_CLOSE_THREE_LOW, 1);
        assertThat(pulse.isComplete(0)).as("now it arrives here").isFalse();
        node.frames[Tier.LOW.ordinal()] = 3;
        assertThat(pulse.isComplete(1)).isTrue();
        assertThat(pulse.isComplete(0)).as("once").isFalse();
    }

    @Test
    void shouldNotWaitForLostFramesLongerThanItsPatience() {
        node.frames = new int[] {1, 0, 0, 0};
        pulse.now(0);
        pulse.onTickEnd(7, TWO_CLOSE_THREE_LOW, 1);
        pulse.now(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(pulse.isComplete(0)).isFalse();
        pulse.now(TimeUnit.MILLISECONDS.toNanos(2));
        assertThat(pulse.isComplete(0)).isTrue();
    }

    @Test
    void shouldTakeAllFramesThatWaitBeforeItGathers() {
        node.frames = new int[] {0, 0, 0, 0};
        pulse.now(0);
        pulse.onTickEnd(7, TWO_CLOSE_THREE_LOW, 1);
        pulse.now(TimeUnit.MILLISECONDS.toNanos(30));
        assertThat(pulse.isComplete(512)).as("more may wait in the streams").isFalse();
        pulse.now(TimeUnit.MILLISECONDS.toNanos(31));
        assertThat(pulse.isComplete(0)).as("the last came 1 ms ago").isFalse();
        pulse.now(TimeUnit.MILLISECONDS.toNanos(32));
        assertThat(pulse.isComplete(0)).isTrue();

        pulse.onTickEnd(8, TWO_CLOSE_THREE_LOW, 1);
        pulse.now(TimeUnit.MILLISECONDS.toNanos(32 + 250));
        assertThat(pulse.isComplete(512)).as("what never ends is not awaited").isTrue();

        for (int millis = 300; millis < 550; millis += 50) {
            pulse.now(TimeUnit.MILLISECONDS.toNanos(millis));
            pulse.onTickEnd(9 + millis / 50, TWO_CLOSE_THREE_LOW, 1);
            assertThat(pulse.isComplete(512)).isFalse();
        }
        pulse.now(TimeUnit.MILLISECONDS.toNanos(550));
        pulse.onTickEnd(20, TWO_CLOSE_THREE_LOW, 1);
        assertThat(pulse.isComplete(512)).as("though ticks go on ending").isTrue();
    }

    @Test
    void shouldWaitForNothingWhereAnOlderNodeSaysNothing() {
        node.frames = new int[] {0, 0, 0, 0};
        pulse.now(0);
        pulse.onTickEnd(7, new int[] {-1, -1, -1, -1}, 1);
        assertThat(pulse.isComplete(0)).isTrue();
    }

    @Test
    void shouldGiveWhoWasLeftOutAnotherTurnThoughNoTickEnds() {
        pulse.now(0);
        assertThat(pulse.isComplete(0)).as("nothing to gather").isFalse();
        pulse.onLeftOut();
        assertThat(pulse.isComplete(0)).as("not at once").isFalse();
        pulse.now(TimeUnit.MILLISECONDS.toNanos(250));
        assertThat(pulse.isComplete(0)).isTrue();
        assertThat(pulse.isComplete(0)).as("once").isFalse();

        pulse.onLeftOut();
        pulse.onStir();
        assertThat(pulse.isComplete(0)).as("what is new doesn't wait for that").isTrue();
    }

    /** Frames as they are said to have arrived, of any tick. */
    private static final class Arrivals implements NodeLink {
        private int[] frames = {0, 0, 0, 0};

        @Override
        public int framesOf(Tier tier, long tick) {
            return frames[tier.ordinal()];
        }

        @Override
        public boolean offerInput(DirectBuffer buffer, int offset, int length) {
            return true;
        }

        @Override
        public boolean subscribe(int gatewayId, long channelId) {
            return true;
        }

        @Override
        public boolean unsubscribe(int gatewayId, long channelId) {
            return true;
        }

        @Override
        public boolean requestKeyframe(int gatewayId, long channelId) {
            return true;
        }

        @Override
        public int pollSessions(MessageHandler handler, int limit) {
            return 0;
        }

        @Override
        public int pollFrames(MessageHandler handler, int limit) {
            return 0;
        }
    }
}
