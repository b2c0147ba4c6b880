package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoastersTest {
    private static final long CHANNEL = ChannelId.pack(0, 0, 1, 2, 3);

    private final Seats seats = new Seats();
    private final Coasters coasters = new Coasters(seats, new DueTimes(20, 20));

    @Test
    void keepsWhoIsLeftWithItsMemberWhenOthersGo() {
        int first = seats.allocate();
        int second = seats.allocate();
        int third = seats.allocate();
        coasters.add(first, 10, CHANNEL);
        coasters.add(second, 20, CHANNEL);
        coasters.add(third, 30, CHANNEL);

        coasters.remove(first, CHANNEL);
        coasters.remove(second, CHANNEL);

        assertThat(coasters.count(0)).isEqualTo(1);
        assertThat(coasters.seat(0, 0)).isEqualTo(third);
        assertThat(coasters.member(0, 0)).isEqualTo(30);
        assertThat(seats.is(first, Seats.COASTING)).isFalse();
        assertThat(seats.is(third, Seats.COASTING)).isTrue();
    }

    @Test
    void growsBeyondItsFirstRoom() {
        for (int i = 0; i < 1_000; i++) {
            coasters.add(seats.allocate(), i, CHANNEL);
        }

        assertThat(coasters.count(0)).isEqualTo(1_000);
        assertThat(coasters.member(0, 999)).isEqualTo(999);
    }
}
