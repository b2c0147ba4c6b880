package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code has its page, and every page its code. */
class ErrorPagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("\\bHZ-[A-Z]+-\\d{3}\\b");

    @Test
    void shouldHavePageForEachCodeOfTheSources() throws IOException {
        TreeSet<String> codes = new TreeSet<>();
        for (Path source : sources()) {
            CODE.matcher(Files.readString(source, StandardCharsets.UTF_8))
                    .results()
                    .map(MatchResult::group)
                    .forEach(codes::add);
        }
        TreeSet<String> pages = new TreeSet<>();
        for (Path page : list(ROOT.resolve("docs/errors"))) {
            String code = page.getFileName().toString().replace(".md", "");
            assertThat(Files.readString(page)).as(page.toString()).startsWith("# " + code + ": ");
            pages.add(code);
        }

        assertThat(pages).as("pages in docs/errors").isEqualTo(codes);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return Stream.concat(files.filter(ErrorPagesTest::isSource), Stream.of(launcher()))
                    .toList();
        }
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/main/java/");
    }

    private static Path launcher() {
        return ROOT.resolve("horizon");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
