package dev.horizon.tools.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the sources must say: nullness, comments on public API, and no class that wants to be two.
 */
@Tag("architecture")
class SourceRulesTest {
    /** Beyond this many lines a class wants to be two. */
    private static final int LINES_MAX = 400;

    @Test
    void shouldMarkEveryPackageForNullness() throws IOException {
        List<String> unmarked = new ArrayList<>();
        TreeSet<Path> packages = new TreeSet<>();
        House.sources().forEach(source -> packages.add(source.getParent()));
        for (Path folder : packages) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                unmarked.add(House.nameOf(folder));
            }
        }
        assertThat(packages).isNotEmpty();
        assertThat(unmarked).as("packages without a @NullMarked package-info.java").isEmpty();
    }

    @Test
    void shouldCommentEveryPublicTypeAndMethodOfTheApi() throws IOException {
        List<Path> api =
                Stream.of("world", "systems", "events", "plugin", "ports")
                        .flatMap(room ->
                                House.sourcesOf("engine", "dev.horizon.engine." + room).stream())
                        .toList();
        List<Path> systems = House.sourcesOf("ecs-systems", "dev.horizon.ecs");
        assertThat(api).isNotEmpty();
        assertThat(Uncommented.in(Stream.concat(api.stream(), systems.stream()).toList()))
                .isEmpty();
    }

    @Test
    void shouldKeepClassesReadable() throws IOException {
        List<String> longOnes = new ArrayList<>();
        for (Path source : House.sources()) {
            long lines = Files.readString(source).lines().count();
            if (lines > LINES_MAX) {
                longOnes.add(House.nameOf(source) + ": " + lines);
            }
        }
        assertThat(longOnes).as("sources of more than %d lines", LINES_MAX).isEmpty();
    }

    @Test
    void shouldFindUncommentedPublicApi() throws IOException {
        Path planted = Files.createTempFile("Planted", ".java");
        try {
            Files.writeString(
                    planted,
                    """
                    /** Commented. */
                    public interface Planted {
                        void silent();

                        /** Commented. */
                        void spoken();

                        record Inner(int x) {
                            @Override
                            public String toString() {
                                return "";
                            }
                        }
                    }
                    """);
            assertThat(Uncommented.in(List.of(planted)))
                    .extracting(text -> text.substring(text.indexOf(' ') + 1))
                    .containsExactly("Planted.silent", "Planted.Inner");
        } finally {
            Files.delete(planted);
        }
    }
}
