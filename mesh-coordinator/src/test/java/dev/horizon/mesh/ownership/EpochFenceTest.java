package dev.horizon.mesh.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochFenceTest {
    @TempDir Path directory;

    private static Region region(int id, long epoch) {
        return new Region(id, "sol", epoch, 0, 0, 0, 1, 1, 1);
    }

    @Test
    void shouldFenceAnOlderEpochAfterARestart() {
        new EpochFence(directory).admit(List.of(region(1, 3)));

        assertThatThrownBy(() -> new EpochFence(directory).admit(List.of(region(1, 2))))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("HZ-MESH-006");
                            assertThat(e)
                                    .hasMessageContaining("region 1")
                                    .hasMessageContaining("3");
                        });
    }

    @Test
    void shouldAdmitTheSameAndANewerEpoch() {
        EpochFence fence = new EpochFence(directory);
        fence.admit(List.of(region(1, 3)));
        fence.admit(List.of(region(1, 3)));
        fence.admit(List.of(region(1, 4), region(2, 1)));
    }

    @Test
    void shouldRememberNothingWhenOneRegionIsFenced() {
        EpochFence fence = new EpochFence(directory);
        fence.admit(List.of(region(1, 3)));
        assertThatThrownBy(() -> fence.admit(List.of(region(2, 9), region(1, 1))))
                .isInstanceOf(HorizonException.class);

        fence.admit(List.of(region(2, 1)));
    }
}
