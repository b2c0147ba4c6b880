package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a JUnit test that runs a slice with the test kit and the plugins of its class path. */
public final class Fixture {
    private static final String CLASS = "([a-z_]\\w*\\.)*[A-Z]\\w*";

    private static final String CONDITION =
            """
                void shouldNotFulfilCondition() {
                    try (TapeRun run = TapeRun.of(SLICE${PLUGINS})) {
                        assertThat(run.until("${CONDITION}")).as("tick %d", run.tick()).isEmpty();
                    }
                }
            """;

    private static final String HASHES =
            """
                void shouldComeToRecordedHashes() {
                    try (TapeRun run = TapeRun.of(SLICE${PLUGINS})) {
                        run.toEnd();
                        assertThat(run.difference()).isNull();
                    }
                }
            """;

    private Fixture() {}

    /**
     * Writes the test.
     *
     * @param slice a folder that {@link Slice} made
     * @param className of the test, with its package
     * @param sourceDir where sources of tests are
     * @param plugins names of those that come from the class path; the rest from the slice's jars
     * @param condition that no entity may begin to fulfil; null for a test of every hash
     * @return where it is
     * @throws HorizonException HZ-TAPE-023 for a name that is none, or that is taken
     */
    public static Path write(
            Path slice,
            String className,
            Path sourceDir,
            List<String> plugins,
            @Nullable String condition) {
        Path file = sourceDir.resolve(className.replace('.', '/') + ".java");
        if (!className.matches(CLASS) || Files.exists(file)) {
            throw new HorizonException(
                    "HZ-TAPE-023",
                    className.matches(CLASS)
                            ? file + " is there already: choose another name, or remove it"
                            : "'" + className + "' is no class such as com.example.HullTest");
        }
        List<String> mains = mains(slice, plugins);
        int dot = className.lastIndexOf('.');
        StringBuilder text = new StringBuilder();
        if (dot > 0) {
            text.append("package ").append(className, 0, dot).append(";\n\n");
        }
        text.append("import static org.assertj.core.api.Assertions.assertThat;\n\n");
        text.append("import dev.horizon.testkit.TapeRun;\n");
        text.append("import java.nio.file.Path;\n");
        text.append("import org.junit.jupiter.api.Test;\n\n");
        text.append(
                        "/** Made by {@code horizon replay export}: the slice has the world, the"
                                + " inputs")
                .append(" and the hashes. */\n");
        text.append("class ").append(className.substring(dot + 1)).append(" {\n");
        text.append("    private static final Path SLICE = Path.of(\"")
                .append(slice.toString().replace("\\", "\\\\"))
                .append("\");\n\n    @Test\n");
        text.append(
                condition == null ? HASHES : CONDITION.replace("${CONDITION}", quoted(condition)));
        text.append("}\n");
        String source =
                text.toString()
                        .replace(
                                "${PLUGINS}",
                                mains.stream()
                                        .map(main -> ", " + main + ".class")
                                        .collect(Collectors.joining()));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> mains(Path slice, List<String> plugins) {
        TapeFile tape = TapeFile.list(slice).getFirst();
        JarShelf shelf = new JarShelf(slice);
        TapeSetup setup = Tapes.setup(tape);
        List<String> mains = new ArrayList<>();
        for (String name : plugins) {
            TapeSetup.PluginJar jar =
                    setup.plugins().stream()
                            .filter(plugin -> plugin.name().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new HorizonException(
                                            "HZ-TAPE-023",
                                            "no plugin of the tape is named "
                                                    + name
                                                    + "; there are "
                                                    + setup.plugins().stream()
                                                            .map(TapeSetup.PluginJar::name)
                                                            .toList()));
            mains.add(shelf.descriptor(jar).main());
        }
        return mains;
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
