package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshNodeTest {
    private static final long HOME = -7;

    @TempDir private Path folder;

    @Test
    void shouldSpeakForTheNodeThatBeganInTheFolder() {
        MeshNode node = MeshNode.of(folder);
        assertThat(node.home()).isEqualTo(MeshHome.of(folder)).isEqualTo(node.folder());
        assertThat(node.life(3)).isEqualTo(3);
        assertThat(node.replaces()).isZero();
    }

    @Test
    void shouldGoOnAsTheNodesNextLifeAlsoWhenItIsStartedAgain() {
        MeshNode over = MeshNode.takeOver(folder, HOME, 40, 2);
        assertThat(over.life(2)).isEqualTo(41);
        assertThat(MeshNode.of(folder)).isEqualTo(over);
        assertThat(MeshNode.of(folder).life(3)).isEqualTo(42);
        assertThat(over.folder()).isEqualTo(MeshHome.of(folder)).isNotEqualTo(HOME);
        assertThat(over.replaces()).isEqualTo(40);
        MeshNode later = MeshNode.takeOver(folder, HOME, 50, 99);
        assertThat(MeshNode.of(folder)).isEqualTo(later);
        assertThat(later.life(100)).as("fewer lives than its folder").isEqualTo(52);
    }

    @Test
    void shouldSpeakForNobodyWithACopyThatNeverTookOver() {
        MeshNode.copies(folder);
        assertCode("HZ-STB-012");
    }

    @Test
    void shouldSayWhichFileIsDamaged() throws Exception {
        Files.writeString(folder.resolve("mesh-node"), "what is this");
        assertCode("HZ-ENV-012");
    }

    private void assertCode(String code) {
        assertThatThrownBy(() -> MeshNode.of(folder))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
