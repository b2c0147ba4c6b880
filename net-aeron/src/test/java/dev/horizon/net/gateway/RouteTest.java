package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.schemas.ticklog.RawClientMessageDecoder;
import dev.horizon.schemas.ticklog.SessionEventDecoder;
import dev.horizon.schemas.ticklog.SessionInputDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session's route between two nodes. */
class RouteTest {
    private static final byte[] OPENING = {};

    private final Node sol = new Node();
    private final Node vega = new Node();
    private final Route route = new Route(sol, () -> OPENING);

    /** Remembers the numbers of inputs; 0 is an opening. */
    private static final class Node implements Route.Node {
        final List<Integer> sent = new ArrayList<>();
        boolean isThere = true;

        @Override
        public void send(byte[] input) {
            sent.add(input == OPENING ? 0 : Route.sequence(input));
        }

        @Override
        public boolean isThere() {
            return isThere;
        }
    }

    @Test
    void shouldSayAgainWhatTheOtherNodeLacks() {
        begin();
        inputs(1, 4);
        route.read(sol, 1);
        route.gone(sol, vega, 0);
        inputs(5, 6);
        assertThat(route.isUnderway()).isTrue();
        assertThat(vega.sent).isEmpty();
        assertThat(route.welcome(vega, 2)).as("it has come").isTrue();
        assertThat(sol.sent).containsExactly(0, 1, 2, 3, 4);
        assertThat(vega.sent).containsExactly(0, 3, 4, 5, 6);
        assertThat(route.welcome(vega, 4)).as("it was taken up").isFalse();
        inputs(7, 7);
        assertThat(vega.sent).containsExactly(0, 3, 4, 5, 6, 7);
        assertThat(route.isUnderway()).isFalse();
    }

    @Test
    void shouldGoWhereItIsThoughTheOtherNodeSaysItLater() {
        begin();
        inputs(1, 1);
        assertThat(route.welcome(vega, 0)).isTrue();
        assertThat(route.gone(sol, vega, 0)).isFalse();
        assertThat(route.refused(sol, 0)).isEqualTo(Route.Refused.NOTHING);
        assertThat(route.isUnsettled()).isFalse();
        assertThat(vega.sent).containsExactly(0, 1);
    }

    @Test
    void shouldAskAgainUntilItHasCome() {
        begin();
        route.gone(sol, vega, 0);
        route.poll(Route.ASK_NANOS - 1);
        assertThat(vega.sent).isEmpty();
        vega.isThere = false;
        route.poll(Route.ASK_NANOS);
        assertThat(vega.sent).isEmpty();
        vega.isThere = true;
        route.poll(Route.ASK_NANOS);
        route.poll(Route.ASK_NANOS);
        assertThat(vega.sent).containsExactly(0);
        assertThat(route.refused(vega, Route.ASK_NANOS)).isEqualTo(Route.Refused.LATER);
        route.poll(2 * Route.ASK_NANOS);
        assertThat(vega.sent).containsExactly(0, 0);
        assertThat(route.welcome(vega, 0)).as("it was asked for").isFalse();
    }

    @Test
    void shouldBeBackWhereItCameFrom() {
        begin();
        inputs(1, 2);
        route.gone(sol, vega, 0);
        assertThat(route.welcome(sol, 1)).as("it was returned").isTrue();
        assertThat(sol.sent).containsExactly(0, 1, 2, 0, 2);
        assertThat(route.node()).isSameAs(sol);
    }

    @Test
    void shouldNotKnowWhereASessionIsThatNobodySpokeOf() {
        route.open();
        assertThat(route.refused(vega, 0)).isEqualTo(Route.Refused.NOTHING);
        assertThat(route.refused(sol, 0)).isEqualTo(Route.Refused.UNKNOWN);
        route.open(vega);
        assertThat(route.welcome(vega, 5)).isFalse();
        assertThat(route.refused(vega, 0))
                .as("of an older question")
                .isEqualTo(Route.Refused.NOTHING);
    }

    @Test
    void shouldAwaitAnAbsentNode() {
        route.open();
        vega.isThere = false;
        route.await(vega);
        route.poll(Long.MAX_VALUE);
        assertThat(vega.sent).isEmpty();
        route.back(vega);
        assertThat(vega.sent).containsExactly(0);
        assertThat(route.refused(vega, 0)).isEqualTo(Route.Refused.UNKNOWN);
    }

    @Test
    void shouldSayAgainWhatANodeLacksThatComesBack() {
        begin();
        inputs(1, 3);
        route.back(vega);
        assertThat(sol.sent).containsExactly(0, 1, 2, 3);
        route.back(sol);
        inputs(4, 4);
        assertThat(sol.sent).containsExactly(0, 1, 2, 3, 0);
        route.welcome(sol, 1);
        assertThat(sol.sent).containsExactly(0, 1, 2, 3, 0, 2, 3, 4);
    }

    @Test
    void shouldTakeNoMoreThanItsBoundWhileNobodyReads() {
        begin();
        inputs(1, Route.UNREAD_MAX);
        assertThat(route.input(input(Route.UNREAD_MAX + 1))).as("the node is there").isTrue();
        route.gone(sol, vega, 0);
        assertThat(route.input(input(Route.UNREAD_MAX + 2))).isFalse();
        route.welcome(vega, 2);
        assertThat(vega.sent).hasSize(Route.UNREAD_MAX).endsWith(Route.UNREAD_MAX + 1);
    }

    @Test
    void shouldCompareNumbersThatOverflow() {
        begin();
        route.input(input(Integer.MAX_VALUE));
        route.input(input(Integer.MIN_VALUE));
        route.gone(sol, vega, 0);
        route.welcome(vega, Integer.MAX_VALUE);
        assertThat(vega.sent).containsExactly(0, Integer.MIN_VALUE);
    }

    @Test
    void shouldFindTheNumberOfAllKindsOfInputs() {
        assertThat(SessionInputDecoder.sequenceEncodingOffset())
                .isEqualTo(SessionEventDecoder.sequenceEncodingOffset())
                .isEqualTo(RawClientMessageDecoder.sequenceEncodingOffset());
    }

    private void begin() {
        route.open();
        assertThat(route.welcome(sol, 0)).isFalse();
    }

    private void inputs(int from, int to) {
        for (int sequence = from; sequence <= to; sequence++) {
            assertThat(route.input(input(sequence))).isTrue();
        }
    }

    private static byte[] input(int sequence) {
        return InputMessages.event(9, sequence, 1, new byte[0]);
    }
}
