package dev.horizon.tools.tape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.host.PluginDescriptor;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Plugins that are compiled while a test runs. */
public final class SourceJar {
    private SourceJar() {}

    /**
     * Compiles a plugin of one class into {@code NAME.jar}, and leaves the classes beside it.
     *
     * @param plugin its name
     * @param main its class
     */
    public static Path make(Path folder, String name, String plugin, String main, String source)
            throws IOException {
        String simple = main.substring(main.lastIndexOf('.') + 1);
        Path file = folder.resolve(name + "-src").resolve(simple + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
        compile(classes, List.of(), file);
        Path properties = classes.resolve(PluginDescriptor.PATH);
        Files.createDirectories(properties.getParent());
        Files.writeString(
                properties,
                "name=%s\nversion=1.0.0\napi-version=0.1.0\nmain=%s\n".formatted(plugin, main),
                StandardCharsets.ISO_8859_1);
        return pack(classes, folder.resolve(name + ".jar"));
    }

    /** Packs a folder of classes into a jar. */
    public static Path pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
        return jar;
    }

    /** Compiles sources against what this test sees, and more. */
    public static void compile(Path to, List<Path> more, Path... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        more.forEach(each -> path.append(File.pathSeparator).append(each));
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled =
                    compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-d",
                                            to.toString(),
                                            "-cp",
                                            path.toString()),
                                    null,
                                    files.getJavaFileObjects(sources))
                            .call();
            assertThat(isCompiled).as("compiles").isTrue();
        }
    }
}
