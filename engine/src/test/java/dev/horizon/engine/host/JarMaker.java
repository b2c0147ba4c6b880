package dev.horizon.engine.host;

import dev.horizon.engine.plugin.Plugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.NullMarked;

/** Compiles source text to plugin jars. */
final class JarMaker {
    static final String IMPORTS =
            "import dev.horizon.engine.plugin.*; import dev.horizon.engine.events.*;"
                    + " import dev.horizon.engine.systems.*; import dev.horizon.engine.world.*;"
                    + " import java.util.*;\n";

    private final List<Path> classPath = new ArrayList<>();

    JarMaker() {
        for (Class<?> type : List.of(Plugin.class, DirectBuffer.class, NullMarked.class)) {
            try {
                classPath.add(
                        Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A jar with a descriptor and one source file; later jars may use its classes. */
    Path make(Path jar, String descriptor, String className, String source) {
        Map<String, byte[]> entries = new LinkedHashMap<>(compile(className, source));
        entries.put(PluginDescriptor.PATH, descriptor.getBytes());
        write(jar, entries);
        classPath.add(jar);
        return jar;
    }

    static String descriptor(String name, String main, String... more) {
        return "name="
                + name
                + "\nversion=1.2.3\napi-version=0.1\nmain="
                + main
                + "\n"
                + String.join("\n", more);
    }

    static void write(Path jar, Map<String, byte[]> entries) {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Class files by their names in a jar. */
    Map<String, byte[]> compile(String className, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    new InMemory(standard, classes),
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-classpath",
                                            classPath.stream()
                                                    .map(Path::toString)
                                                    .collect(Collectors.joining(":"))),
                                    null,
                                    List.of(new Source(className, withImports(source))))
                            .call();
            if (!compiled) {
                throw new AssertionError(messages.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        classes.forEach((name, content) ->
                bytes.put(name.replace('.', '/') + ".class", content.toByteArray()));
        return bytes;
    }

    private static String withImports(String source) {
        int behindPackage = source.startsWith("package ") ? source.indexOf(';') + 1 : 0;
        return source.substring(0, behindPackage) + IMPORTS + source.substring(behindPackage);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location,
                String className,
                JavaFileObject.Kind kind,
                javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    classes.put(className, out);
                    return out;
                }
            };
        }
    }
}
