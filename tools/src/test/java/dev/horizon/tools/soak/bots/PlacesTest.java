package dev.horizon.tools.soak.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final double SIGHT_METRES = 10_000;

    /** As many pairs as fight at the rated load, and more. */
    private static final int GROUPS = 1_200;

    @Test
    void shouldCrossTheNearestBorder() {
        Places.Place near = new Places.Place("1:1", 90, 7, 8);
        Places places =
                new Places(List.of(new Places.Place("1:2", 400, 0, 0), near), List.of(), List.of());

        assertThat(places.border(List.of(-50.0, 100.0), List.of()))
                .isEqualTo(new Places.Place("1:1", 100, 7, 8));
        assertThat(places.border(List.of(-50.0, 100.0), List.of(-60.0, 1.0, 2.0)))
                .isEqualTo(new Places.Place("", -50, 1, 2));
        assertThat(places.border(List.of(), List.of())).isNull();
    }

    @Test
    void shouldGiveEachGroupAPlaceOfItsOwnOutOfSightOfOthers() {
        Places.Place first = new Places.Place("1:1", 0, 0, 0);
        Places.Place second = new Places.Place("1:2", 5e6, -3e6, 0);
        Places places = new Places(List.of(first, second), List.of(), List.of());
        List<Places.Place> given = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            Places.Place place = places.about(group);
            assertThat(place.distanceTo(group % 2 == 0 ? first : second))
                    .as("group %s", group)
                    .isBetween(29_000.0, 300_000.0);
            for (Places.Place other : given) {
                assertThat(place.distanceTo(other)).isGreaterThan(SIGHT_METRES);
            }
            given.add(place);
        }
        assertThat(places.about(7)).isEqualTo(given.get(7));
    }
}
