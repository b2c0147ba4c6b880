package dev.horizon.tools.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All that the rules look at: our main classes, the plugins' too, and our main sources. */
final class House {
    /** Modules with sources of their own, by folder. */
    static final List<String> MODULES =
            List.of(
                    "schemas",
                    "engine/component-processor",
                    "engine",
                    "ecs-systems",
                    "net-aeron",
                    "mesh-coordinator",
                    "plugins/test-kit",
                    "plugins/sol",
                    "plugins/greeter",
                    "plugins/chat",
                    "plugins/procgen",
                    "plugins/fleet-ai",
                    "plugins/guilds",
                    "plugins/combat",
                    "plugins/convoys",
                    "plugins/mining",
                    "plugins/market",
                    "plugins/economy",
                    "tools",
                    "perf");

    private static final Path ROOT = Path.of(property("architecture.root")).normalize();

    private House() {}

    /** Classes of every module but perf, which is built later and which nothing may use. */
    static JavaClasses classes() {
        return Imported.CLASSES;
    }

    /** Every main Java source. */
    static List<Path> sources() {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            sources.addAll(sourcesOf(module, ""));
        }
        return sources;
    }

    /** Main Java sources of one module, in one package and those inside it. */
    static List<Path> sourcesOf(String module, String packageName) {
        Path folder =
                ROOT.resolve(module)
                        .resolve("src/main/java")
                        .resolve(packageName.replace('.', '/'));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source's path from the root, for messages. */
    static String nameOf(Path source) {
        return ROOT.relativize(source).toString();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    "the system property "
                            + name
                            + " is missing: tools/pom.xml gives it to Surefire");
        }
        return value;
    }

    private static final class Imported {
        static final JavaClasses CLASSES = read();

        private static JavaClasses read() {
            List<Path> folders =
                    MODULES.stream()
                            .filter(module -> !module.equals("perf"))
                            .map(module ->
                                    ROOT.resolve(module).resolve(property("architecture.classes")))
                            .filter(Files::isDirectory)
                            .toList();
            return new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPaths(folders);
        }
    }
}
