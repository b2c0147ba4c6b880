package dev.horizon.mesh.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticOwnershipTest {
    private static RegionAssignment box(int id, double minX, double maxX, String node) {
        return new RegionAssignment(new Region(id, "sol", 1, minX, -10, -10, maxX, 10, 10), node);
    }

    @Test
    void shouldNameTheOwnerOfEveryPlaceInARegion() {
        StaticOwnership ownership =
                StaticOwnership.of(List.of(box(2, 0, 10, "east"), box(1, -10, 0, "west")));

        assertThat(ownership.ownerOf("sol", 1)).isEqualTo("west");
        assertThat(ownership.regionAt("sol", 0, 0, 0)).extracting(Region::id).isEqualTo(2);
        assertThat(ownership.regionAt("sol", -0.001, 0, 0)).extracting(Region::id).isEqualTo(1);
        assertThat(ownership.regionAt("sol", 10, 0, 0)).isNull();
        assertThat(ownership.regionAt("vega", 0, 0, 0)).isNull();
        assertThat(ownership.regionsOf("east")).extracting(Region::id).containsExactly(2);
        assertThat(ownership.ownerOf("sol", 3)).isNull();
    }

    @Test
    void shouldRefuseWhatHasNotExactlyOneOwner() {
        assertRefused("HZ-MESH-001", List.of());
        assertRefused("HZ-MESH-002", List.of(box(1, 5, 5, "a")));
        assertRefused("HZ-MESH-002", List.of(box(1, Double.NaN, 5, "a")));
        assertRefused("HZ-MESH-003", List.of(box(1, 0, 1, "a"), box(1, 2, 3, "b")));
        assertRefused("HZ-MESH-004", List.of(box(1, 0, 2, "a"), box(2, 1, 3, "b")));
    }

    @Test
    void shouldRefuseEpochZero() {
        Region region = new Region(1, "sol", 0, 0, 0, 0, 1, 1, 1);
        assertRefused("HZ-MESH-005", List.of(new RegionAssignment(region, "a")));
    }

    private static void assertRefused(String code, List<RegionAssignment> assignments) {
        assertThatThrownBy(() -> StaticOwnership.of(assignments))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
