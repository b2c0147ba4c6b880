package dev.horizon.tools.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.ownership.RegionAssignment;
import dev.horizon.mesh.ownership.StaticOwnership;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.RegionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshLayoutTest {
    @TempDir Path folder;

    @Test
    void shouldGiveEachPlaceToOneNodeInFilesThatBind() throws Exception {
        MeshLayout layout = new MeshLayout(folder, List.of("sol"), 3, 2, 3, 20_000, 1_000);
        new MeshFiles(layout).write();
        List<RegionAssignment> all = new ArrayList<>();
        Set<Integer> ports = new LinkedHashSet<>();
        for (MeshPart part : layout.parts()) {
            HorizonConfig config = ConfigLoader.load(List.of(), Map.of(), part.config()).config();
            if (part.role() == MeshPart.Role.NODE) {
                for (RegionSettings region : config.node().regions()) {
                    all.add(new RegionAssignment(region.region("sol"), config.node().name()));
                }
            }
            if (part.role() != MeshPart.Role.COORDINATOR) {
                assertThat(ports.add(config.node().port())).isTrue();
                assertThat(part.address()).contains(":" + config.node().port() + "/");
            }
        }
        StaticOwnership ownership = StaticOwnership.of(all);
        int[] counts = new int[4];
        for (int degree = 0; degree < 360; degree++) {
            double angle = StrictMath.toRadians(degree + 0.5);
            Region region =
                    ownership.regionAt(
                            "sol", 1_000 * StrictMath.cos(angle), 1_000 * StrictMath.sin(angle), 0);
            counts[region == null ? 0 : region.id()]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(counts[1]).isEqualTo(counts[3]).isCloseTo(120, within(2));
        assertThat(counts[2]).isCloseTo(120, within(2));
    }

    @Test
    void shouldGiveEachFurtherStarSystemANodeAndGates() throws Exception {
        MeshLayout layout = new MeshLayout(folder, List.of("sol", "vega"), 2, 1, 1, 20_000, 1_000);
        new MeshFiles(layout).write();
        List<String> nodes = new ArrayList<>();
        for (MeshPart part : layout.parts()) {
            HorizonConfig config = ConfigLoader.load(List.of(), Map.of(), part.config()).config();
            if (part.role() == MeshPart.Role.NODE) {
                nodes.add(
                        config.node().starSystem()
                                + " "
                                + config.node().regions().size()
                                + " "
                                + new TreeMap<>(config.pluginTrees().get("sol")));
            }
        }
        assertThat(nodes)
                .containsExactly(
                        "sol 1 {gate-to=vega, seed=1}",
                        "sol 1 {gate-to=vega, seed=1}",
                        "vega 1 {gate-to=sol, seed=2}");
        assertThat(layout.gatewayNodes().split(";")).hasSize(3);
        assertThatThrownBy(() -> new MeshLayout(folder, List.of("sol", "sol"), 1, 1, 1, 20_000, 1))
                .hasMessageContaining("own name");
    }

    @Test
    void shouldRefuseWhatCantBe() {
        assertThatThrownBy(() -> new MeshLayout(folder, List.of("sol"), 0, 1, 1, 20_000, 1))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-MESH-040"))
                .hasMessageContaining("--nodes is 0");
        assertThatThrownBy(
                        () -> new MeshLayout(folder, List.of("sol"), 1, 1, 1, 20_000, Double.NaN))
                .hasMessageContaining("--radius");
    }
}
