package dev.horizon.processor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles declarations in memory, together with the engine's world package, and loads them. */
final class Snippets extends ClassLoader {
    private static final Path WORLD = Path.of("../src/main/java/dev/horizon/engine/world");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> sources = new HashMap<>();
    private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();

    private Snippets() {
        super(Snippets.class.getClassLoader());
    }

    /** Compiles files given as name and text in turn. */
    static Snippets compile(String... namesAndTexts) {
        Snippets snippets = new Snippets();
        List<JavaFileObject> units = new ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            units.add(text(namesAndTexts[i], namesAndTexts[i + 1]));
        }
        try (StandardJavaFileManager files =
                        COMPILER.getStandardFileManager(snippets.diagnostics, null, null);
                Stream<Path> world = Files.list(WORLD)) {
            files.getJavaFileObjectsFromPaths(world.toList()).forEach(units::add);
            JavaCompiler.CompilationTask task =
                    COMPILER.getTask(
                            null,
                            snippets.new Memory(files),
                            snippets.diagnostics,
                            List.of("-Xlint:all,-processing", "-parameters"),
                            null,
                            units);
            task.setProcessors(List.of(new ComponentProcessor()));
            task.call();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return snippets;
    }

    /** Errors and warnings as {@code line: message}. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR
                    || diagnostic.getKind() == Diagnostic.Kind.WARNING) {
                problems.add(diagnostic.getLineNumber() + ": " + diagnostic.getMessage(null));
            }
        }
        return problems;
    }

    /** The text of a generated class. */
    String source(String name) {
        ByteArrayOutputStream source = sources.get(name);
        return source == null ? "" : source.toString(StandardCharsets.UTF_8);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteArrayOutputStream bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }

    private static JavaFileObject text(String name, String text) {
        URI uri = URI.create("memory:///" + name.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** Keeps what the compiler writes. */
    private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            URI uri = URI.create("memory:///" + name.replace('.', '/') + kind.extension);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            (kind == JavaFileObject.Kind.CLASS ? classes : sources).put(name, bytes);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }

                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return bytes.toString(StandardCharsets.UTF_8);
                }
            };
        }
    }
}
