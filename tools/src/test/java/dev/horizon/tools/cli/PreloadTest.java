package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreloadTest {
    @TempDir Path folder;

    @Test
    void shouldLoadWhatIsThereAndPassOverWhatIsNot() throws IOException {
        Path list = folder.resolve("node.classes");
        Files.writeString(
                list, "java.util.zip.Adler32\nno.such.Thing\n\ndev.horizon.tools.cli.Bomb\n");
        assertThat(Preload.load(list)).isEqualTo(1);
    }

    @Test
    void shouldInitialiseNothing() throws IOException {
        Path list = folder.resolve("node.classes");
        Files.writeString(list, PreloadTest.class.getName() + "$Bomb\n");
        assertThat(Preload.load(list)).isEqualTo(1);
        assertThat(Fuse.isLit).isFalse();
    }

    @Test
    void shouldDoWithoutAList() {
        assertThat(Preload.load(folder.resolve("none"))).isZero();
    }

    /** Tells whether the other was initialised. */
    static final class Fuse {
        static boolean isLit;

        private Fuse() {}
    }

    /** Lights the fuse when it is initialised. */
    static final class Bomb {
        static {
            Fuse.isLit = true;
        }

        private Bomb() {}
    }
}
