package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SightingsTest {
    private final Sightings sightings = new Sightings();

    @Test
    void shouldFindNothingWhereOneStayEndsBeforeTheNext() {
        sightings.saw("west", "1:1", 0, 10, 100, 110);
        sightings.saw("east", "1:1", 1, 11, 120, 130);
        sightings.saw("west", "1:1", 2, 15, 140, 150);
        assertThat(sightings.faults()).isEmpty();
        assertThat(sightings.stays()).isEqualTo(3);
    }

    @Test
    void shouldAllowAnAnswerThatWasLongOnItsWay() {
        sightings.saw("east", "1:1", 1, 11, 120, 130);
        sightings.saw("west", "1:1", 0, 10, 100, 200);
        assertThat(sightings.faults()).isEmpty();
    }

    @Test
    void shouldFindAStayThatTwoNodesHave() {
        sightings.saw("west", "1:1", 3, 10, 100, 110);
        sightings.saw("east", "1:1", 3, 10, 120, 130);
        assertThat(sightings.faults()).hasSize(1);
    }

    @Test
    void shouldFindAStayThatIsSeenAfterALaterOne() {
        sightings.saw("east", "1:1", 1, 11, 100, 110);
        sightings.saw("west", "1:1", 0, 10, 120, 130);
        assertThat(sightings.faults()).hasSize(1);
    }

    @Test
    void shouldFindAStayThatTicksOn() {
        sightings.saw("east", "1:1", 1, 11, 100, 110);
        sightings.saw("west", "1:1", 0, 12, 100, 110);
        assertThat(sightings.faults()).hasSize(1);
    }
}
