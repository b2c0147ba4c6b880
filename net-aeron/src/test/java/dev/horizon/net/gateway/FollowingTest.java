package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.EdgeCache;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class FollowingTest {
    private static final long WHOLE = ChannelId.whole(SizeClass.CRAFT, Tier.CLOSE);

    private final Told node = new Told();
    private final Subscriptions subscriptions =
            new Subscriptions(
                    node, GatewayConfig.defaults(), new GatewayMetrics(new CommandQueue(2)));
    private final Following following = new Following(subscriptions, new EdgeCache());

    @Test
    void shouldNameCellsOnceForAllThatNeedThem() {
        assertThat(following.need(cell(1))).isTrue();
        assertThat(following.need(cell(1))).isFalse();
        assertThat(following.follows(cell(1))).isTrue();
        assertThat(following.follows(cell(2))).isFalse();
        following.release(cell(1));
        assertThat(following.follows(cell(1))).isTrue();
        following.release(cell(1));
        assertThat(following.follows(cell(1))).isFalse();
        subscriptions.drain();
        assertThat(node.subscribed).isEmpty();
        assertThat(node.changes).isEqualTo(2);
    }

    @Test
    void shouldKnowItsWatchersHoweverManyComeAndGo() {
        long seed = 20_261_128L;
        Random random = new Random(seed);
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        Side side =
                new Side(
                        node,
                        GatewayConfig.defaults(),
                        ChannelConfig.standard(),
                        allocator,
                        new Flushing(allocator),
                        new GatewayMetrics(new CommandQueue(2)));
        List<Session> sessions = new ArrayList<>();
        Onlookers all = new Onlookers();
        for (int i = 0; i < 300; i++) {
            Outbox outbox = new Outbox(GatewayConfig.defaults().queues());
            sessions.add(
                    new Session(
                            i + 1,
                            "Player" + i,
                            side,
                            side.edge.join(i + 1),
                            outbox,
                            session -> new byte[0]));
        }
        sessions.forEach(all::add);
        following.need(cell(1));
        Following.Watched watched = following.find(cell(1));
        assertThat(watched).isNotNull();
        Set<Session> there = new LinkedHashSet<>();
        for (int step = 0; step < 4_000; step++) {
            Session session = sessions.get(random.nextInt(step % 1_000 < 500 ? 300 : 20));
            if (there.remove(session)) {
                watched.unwatch(session);
            } else {
                there.add(session);
                watched.watch(session, all);
            }
            assertThat(watched.watchers().contains(session)).isEqualTo(there.contains(session));
            assertThat(watched.watchers()).as("seed %s, step %s", seed, step).hasSize(there.size());
        }
        assertThat(watched.watchers()).containsExactlyInAnyOrderElementsOf(there);
        List<Session> inOrder = new ArrayList<>();
        for (int i = 0; i < there.size(); i++) {
            inOrder.add(watched.watchers().get(i));
        }
        assertThat(inOrder).containsExactlyInAnyOrderElementsOf(there);
        assertThat(watched.watchers().get(0)).as("back to the first").isSameAs(inOrder.getFirst());
        there.forEach(watched::unwatch);
        assertThat(watched.watchers()).isEmpty();
    }

    @Test
    void shouldFollowAllOfATierWhereManyOfItsCellsAreNeededAndNameThemAgainWhenTheyAreFew() {
        for (int i = 0; i < Following.CELLS_MAX; i++) {
            following.need(cell(i));
        }
        subscriptions.drain();
        assertThat(node.subscribed).hasSize(Following.CELLS_MAX).doesNotContain(WHOLE);

        following.need(cell(Following.CELLS_MAX));
        subscriptions.drain();
        assertThat(node.subscribed).containsExactly(WHOLE);
        assertThat(node.gaps).as("moments in which a cell was followed by nothing").isZero();

        int changes = node.changes;
        following.need(cell(Following.CELLS_MAX + 1));
        following.release(cell(Following.CELLS_MAX + 1));
        subscriptions.drain();
        assertThat(node.changes).isEqualTo(changes);
        assertThat(following.follows(cell(99_999))).isTrue();

        int left = Following.CELLS_MAX + 1;
        while (left >= Following.CELLS_FEW) {
            following.release(cell(--left));
        }
        subscriptions.drain();
        Set<Long> few = new LinkedHashSet<>();
        for (int i = 0; i < left; i++) {
            few.add(cell(i));
        }
        assertThat(node.subscribed).isEqualTo(few);
        assertThat(node.gaps).isZero();
    }

    @Test
    void shouldGoOnFollowingAllWhileSomebodyObservesIt() {
        following.observe(WHOLE);
        for (int i = 0; i <= Following.CELLS_MAX; i++) {
            following.need(cell(i));
        }
        for (int i = Following.CELLS_MAX; i >= 0; i--) {
            following.release(cell(i));
        }
        subscriptions.drain();
        assertThat(node.subscribed).containsExactly(WHOLE);
        following.unobserve(WHOLE);
        subscriptions.drain();
        assertThat(node.subscribed).isEmpty();
    }

    private static long cell(int i) {
        return ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, i, -i, 7);
    }

    /** A node that notes what it is told. */
    private static final class Told implements NodeLink {
        private final Set<Long> subscribed = new LinkedHashSet<>();
        private final List<Long> requests = new ArrayList<>();
        private int changes;
        private int gaps;

        @Override
        public boolean offerInput(DirectBuffer buffer, int offset, int length) {
            return true;
        }

        @Override
        public boolean subscribe(int gatewayId, long channelId) {
            changes++;
            assertThat(subscribed.add(channelId)).as("subscribed twice").isTrue();
            return true;
        }

        @Override
        public boolean unsubscribe(int gatewayId, long channelId) {
            changes++;
            assertThat(subscribed.remove(channelId)).as("was subscribed").isTrue();
            if (subscribed.isEmpty() && changes > 2) {
                gaps++;
            }
            return true;
        }

        @Override
        public boolean requestKeyframe(int gatewayId, long channelId) {
            requests.add(channelId);
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
