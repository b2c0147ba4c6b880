package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.net.streams.NodeRoom;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that has three nodes, whose players are numbered from 1. */
class BeginningsTest {
    private static final int PLAYERS = 10_000;

    private final FakeNode first = new FakeNode();
    private final FakeNode second = new FakeNode();
    private final FakeNode third = new FakeNode();
    private final Beginnings beginnings =
            new Beginnings(List.of(side(first), side(second), side(third)));

    @BeforeEach
    void start() {
        first.home = 100;
        second.home = 200;
        third.home = 300;
    }

    @Test
    void shouldShareACrowdByRoom() {
        first.placement = List.of(room(100, 1), room(200, 0), room(300, 4));
        Map<Long, Integer> crowd = crowd();
        assertThat(crowd).containsOnlyKeys(0L, 300L);
        assertThat(crowd.get(300L)).isCloseTo(PLAYERS * 4 / 5, Percentage.withPercentage(3));
    }

    @Test
    void shouldSendOneWhoTriesAgainToTheSame() {
        first.placement = List.of(room(100, 3), room(200, 3), room(300, 3));
        for (long player = 1; player < 100; player++) {
            assertThat(beginnings.of(player)).isEqualTo(beginnings.of(player));
        }
    }

    @Test
    void shouldLeaveOutWhoIsAwayAndWhomItDoesNotHave() {
        first.placement = List.of(room(200, 8), room(300, 2), room(400, 8));
        second.epoch = 0;
        assertThat(crowd()).isEqualTo(Map.of(300L, PLAYERS));
    }

    @Test
    void shouldShareAlikeWhereNobodyHasRoom() {
        first.placement = List.of(room(200, 0), room(300, 0), room(400, 8));
        Map<Long, Integer> crowd = crowd();
        assertThat(crowd).containsOnlyKeys(200L, 300L);
        assertThat(crowd.get(200L)).isCloseTo(PLAYERS / 2, Percentage.withPercentage(5));
    }

    @Test
    void shouldNotKeepToAFirstNodeThatTakesNobody() {
        first.placement = List.of(room(300, 1));
        assertThat(crowd()).isEqualTo(Map.of(300L, PLAYERS));
    }

    @Test
    void shouldKeepToTheFirstNodeWhereNoneIsKnown() {
        assertThat(crowd()).isEqualTo(Map.of(0L, PLAYERS));
        first.placement = List.of(room(400, 8));
        assertThat(crowd()).isEqualTo(Map.of(0L, PLAYERS));
    }

    private Map<Long, Integer> crowd() {
        Map<Long, Integer> all = new TreeMap<>();
        for (long player = 1; player <= PLAYERS; player++) {
            all.merge(beginnings.of(player), 1, Integer::sum);
        }
        return all;
    }

    private static NodeRoom room(long home, int tenths) {
        return new NodeRoom(home, tenths);
    }

    private static Side side(FakeNode node) {
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        return new Side(
                node,
                GatewayConfig.defaults(),
                ChannelConfig.standard(),
                allocator,
                new Flushing(allocator),
                new GatewayMetrics(new CommandQueue(2)));
    }
}
