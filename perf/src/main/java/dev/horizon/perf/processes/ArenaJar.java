package dev.horizon.perf.processes;

import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.perf.arena.ArenaPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Makes a plugin jar of the arena alone, for the plugin folder of a node that is measured. */
public final class ArenaJar {
    private static final String PACKAGE = ArenaPlugin.class.getPackageName().replace('.', '/');
    private static final String DESCRIPTOR = "name=%s\nversion=0.1.0\napi-version=0.1.0\nmain=%s\n";

    private ArenaJar() {}

    /** Writes it into a folder, which is made where it is missing. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path own;
        try {
            own =
                    Path.of(
                            ArenaPlugin.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        try (JarOutputStream jar =
                new JarOutputStream(
                        Files.newOutputStream(folder.resolve(ArenaPlugin.NAME + ".jar")))) {
            jar.putNextEntry(new JarEntry(PluginDescriptor.PATH));
            jar.write(
                    DESCRIPTOR
                            .formatted(ArenaPlugin.NAME, ArenaPlugin.class.getName())
                            .getBytes(StandardCharsets.UTF_8));
            if (Files.isDirectory(own)) {
                copy(own.resolve(PACKAGE), jar);
            } else {
                try (FileSystem files =
                        FileSystems.newFileSystem(URI.create("jar:" + own.toUri()), Map.of())) {
                    copy(files.getPath(PACKAGE), jar);
                }
            }
        }
    }

    private static void copy(Path folder, JarOutputStream jar) throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.list(folder)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
        for (Path each : classes) {
            jar.putNextEntry(new JarEntry(PACKAGE + "/" + each.getFileName()));
            try (InputStream in = Files.newInputStream(each)) {
                in.transferTo(jar);
            }
        }
    }
}
