package dev.horizon.tools.plugin;

import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.plugin.HorizonException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Makes a plugin's jar from its project in this process, in the time of a compile: what Maven makes
 * of the same project, without tests.
 */
public final class PluginBuild {
    private static final String RESOURCES = "src/main/resources";
    private static final String SOURCES = "src/main/java";

    private final Path project;
    private final Sdk sdk;

    /** Of a project in Maven's layout. */
    public PluginBuild(Path project, Sdk sdk) {
        this.project = project.toAbsolutePath().normalize();
        this.sdk = sdk;
    }

    /**
     * Compiles and packs.
     *
     * @return the jar, in {@code target}
     * @throws HorizonException HZ-DEV-002 when the folder holds no plugin project, HZ-DEV-003 with
     *     file and line of what doesn't compile, HZ-DEV-004 when files can't be written
     */
    public Path build() {
        Properties descriptor = descriptor();
        String name = descriptor.getProperty("name") + "-" + descriptor.getProperty("version");
        try {
            Map<String, Path> entries = new LinkedHashMap<>();
            Path classes = Files.createDirectories(project.resolve("target/plugin-classes"));
            clear(classes);
            compile(classes);
            collect(project.resolve(RESOURCES), entries);
            collect(classes, entries);
            Path jar = project.resolve("target").resolve(name + ".jar");
            Path fresh = project.resolve("target").resolve(name + ".jar.new");
            write(fresh, entries);
            // Whoever watches the folder sees a whole jar or none.
            Files.move(
                    fresh,
                    jar,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return jar;
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-DEV-004", "the plugin can't be built in " + project + ": " + e, e);
        }
    }

    /** The plugin's name, or the folder's where no descriptor says it. */
    String plugin() {
        try {
            return descriptor().getProperty("name");
        } catch (HorizonException e) {
            return String.valueOf(project.getFileName());
        }
    }

    private Properties descriptor() {
        Path file = project.resolve(RESOURCES).resolve(PluginDescriptor.PATH);
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-DEV-002",
                    project
                            + " is no plugin project: "
                            + file
                            + " can't be read; `horizon plugin new NAME` makes one",
                    e);
        }
        PluginDescriptor.read(properties, file.toString());
        return properties;
    }

    private void compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        List<Path> sources = files(project.resolve(SOURCES));
        if (sources.isEmpty()) {
            throw new HorizonException(
                    "HZ-DEV-002", project + " has no sources in " + SOURCES + "; write one");
        }
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(told, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, sdk.classPath());
            files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, sdk.processor());
            boolean isCompiled =
                    compiler.getTask(
                                    null,
                                    files,
                                    told,
                                    List.of("--release", "25", "-g", "-parameters"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources))
                            .call();
            if (!isCompiled) {
                throw new HorizonException("HZ-DEV-003", "it doesn't compile:\n" + text(told));
            }
        }
    }

    private String text(DiagnosticCollector<JavaFileObject> told) {
        return told.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> "  " + place(one) + one.getMessage(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }

    private String place(Diagnostic<? extends JavaFileObject> one) {
        JavaFileObject source = one.getSource();
        if (source == null) {
            return "";
        }
        Path file = Path.of(source.toUri());
        Path shown = file.startsWith(project) ? project.relativize(file) : file;
        return shown + ":" + one.getLineNumber() + ": ";
    }

    private static void collect(Path folder, Map<String, Path> into) throws IOException {
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
            into.put(name, file);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void clear(Path folder) throws IOException {
        List<Path> all = new ArrayList<>(files(folder));
        for (Path file : all) {
            Files.delete(file);
        }
    }

    private static void write(Path jar, Map<String, Path> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, Path> entry : entries.entrySet()) {
                ZipEntry packed = new ZipEntry(entry.getKey());
                // The same sources give the same jar: a tape names it by its hash.
                packed.setTime(0);
                zip.putNextEntry(packed);
                Files.copy(entry.getValue(), zip);
                zip.closeEntry();
            }
        }
    }
}
