package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.soak.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Holds the documents' examples against what they are examples of. */
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("architecture.root")).normalize();

    /** A fenced block: its language, then its text; an optional mark in the line above. */
    private static final Pattern BLOCK =
            Pattern.compile(
                    "(?:<!-- source: (\\S+) -->\\R\\R?)?```(\\w+)\\R(.*?)```", Pattern.DOTALL);

    private static final Pattern LINK =
            Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

    @TempDir Path folder;

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldShowCommandsThatExist(Path document) throws IOException {
        for (Block block : blocks(document, "sh")) {
            for (String line : block.text().lines().toList()) {
                if (line.startsWith("./horizon ")) {
                    CommandLine command = Horizon.allVerbs(new Console().around());
                    command.parseArgs(words(line.substring("./horizon ".length())));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldShowConfigurationThatBinds(Path document) throws IOException {
        for (Block block : blocks(document, "toml")) {
            Path file = Files.writeString(folder.resolve("example.toml"), block.text());
            if (document.endsWith("soak.md")) {
                assertThat(PlanFile.read(file).plan()).isNotNull();
            } else {
                assertThat(ConfigLoader.load(List.of(), Map.of(), file)).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldShowCodeAsItStandsInTheSource(Path document) throws IOException {
        for (Block block : blocks(document, "java")) {
            assertThat(block.source()).as("source mark above\n%s", block.text()).isNotEmpty();
            assertThat(Files.readString(ROOT.resolve(block.source())))
                    .as("%s, shown in %s", block.source(), document)
                    .contains(block.text());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLinkToFilesThatExist(Path document) throws IOException {
        Matcher links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            assertThat(document.resolveSibling(links.group(1))).as("link in %s", document).exists();
        }
    }

    private record Block(String source, String text) {}

    private static List<Block> blocks(Path document, String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(document));
        while (matcher.find()) {
            if (matcher.group(2).equals(language)) {
                String source = matcher.group(1) == null ? "" : matcher.group(1);
                blocks.add(new Block(source, matcher.group(3)));
            }
        }
        return blocks;
    }

    /** Splits like a shell as far as these documents need: blanks, and single quotes. */
    private static String[] words(String line) {
        String command = line.replaceFirst("\\s+#.*$", "");
        List<String> words = new ArrayList<>();
        String[] parts = command.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                words.add(parts[i]);
            } else {
                Arrays.stream(parts[i].split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .forEach(words::add);
            }
        }
        return words.toArray(new String[0]);
    }
}
