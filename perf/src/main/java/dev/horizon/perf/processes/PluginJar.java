package dev.horizon.perf.processes;

import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.plugin.Plugin;
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

/** Makes a jar of one of this module's plugins, of its package alone. */
public final class PluginJar {
    private static final String DESCRIPTOR = "name=%s\nversion=0.1.0\napi-version=0.1.0\nmain=%s\n";

    private PluginJar() {}

    /** Writes that of a plugin into a folder, which is made where it is missing. */
    public static Path write(Path folder, String name, Class<? extends Plugin> main)
            throws IOException {
        Files.createDirectories(folder);
        Path own;
        try {
            own = Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        String classes = main.getPackageName().replace('.', '/');
        Path file = folder.resolve(name + ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry(PluginDescriptor.PATH));
            jar.write(DESCRIPTOR.formatted(name, main.getName()).getBytes(StandardCharsets.UTF_8));
            if (Files.isDirectory(own)) {
                copy(own.resolve(classes), classes, jar);
            } else {
                try (FileSystem files =
                        FileSystems.newFileSystem(URI.create("jar:" + own.toUri()), Map.of())) {
                    copy(files.getPath(classes), classes, jar);
                }
            }
        }
        return file;
    }

    private static void copy(Path folder, String to, JarOutputStream jar) throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.list(folder)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
        for (Path each : classes) {
            jar.putNextEntry(new JarEntry(to + "/" + each.getFileName()));
            try (InputStream in = Files.newInputStream(each)) {
                in.transferTo(jar);
            }
        }
    }
}
