package dev.horizon.tools.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * aeron-all bundles Agrona unrelocated, beside Agrona's own jar: with two versions the class path's
 * order would decide silently which classes run.
 */
@Tag("architecture")
class AgronaCopiesTest {
    private static final String AGRONA = "org/agrona/";

    /** Names of Agrona classes that stand in several jars with different bytes. */
    private static List<String> differing(List<Path> jars) throws IOException {
        Map<String, byte[]> first = new TreeMap<>();
        List<String> differing = new ArrayList<>();
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : jar.stream().toList()) {
                    String name = entry.getName();
                    if (name.startsWith(AGRONA) && name.endsWith(".class")) {
                        byte[] bytes = jar.getInputStream(entry).readAllBytes();
                        byte[] other = first.putIfAbsent(name, bytes);
                        if (other != null && !Arrays.equals(bytes, other)) {
                            differing.add(name + " in " + path.getFileName());
                        }
                    }
                }
            }
        }
        return differing;
    }

    private static List<Path> holding() throws IOException {
        List<Path> holding = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.endsWith(".jar")) {
                try (JarFile jar = new JarFile(path)) {
                    if (jar.getEntry(AGRONA + "DirectBuffer.class") != null) {
                        holding.add(Path.of(path));
                    }
                }
            }
        }
        return holding;
    }

    @Test
    void shouldHoldEqualCopiesOfAgrona() throws IOException {
        assertThat(holding()).as("jars with Agrona: its own and aeron-all").hasSizeGreaterThan(1);
        assertThat(differing(holding())).isEmpty();
    }

    @Test
    void shouldNoticeADifferentCopy(@TempDir Path folder) throws IOException {
        Path real = holding().getFirst();
        Path forged = folder.resolve("forged.jar");
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(forged))) {
            out.putNextEntry(new JarEntry(AGRONA + "DirectBuffer.class"));
            out.write(1);
        }
        assertThat(differing(List.of(real, forged)))
                .containsExactly(AGRONA + "DirectBuffer.class in forged.jar");
    }
}
