package dev.horizon.mesh.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Production code with one check taken out, and a seed of the simulation that must fail then.
 *
 * @param what the check is for
 * @param module folder of the source
 * @param type the class that has it
 * @param check as it stands in the source
 * @param instead what stands there in the mutant
 * @param seed that fails
 * @param run of the simulation: its method
 */
record Mutant(
        String what,
        String module,
        String type,
        String check,
        String instead,
        long seed,
        String run) {
    /** Classes that the mutant has of its own; the others are shared. */
    private static final List<String> OWN =
            List.of(
                    "dev.horizon.engine.tick.",
                    "dev.horizon.mesh.",
                    "dev.horizon.net.gateway.Route");

    /** One that shows where somebody orders transfers. */
    Mutant(String what, String module, String type, String check, String instead, long seed) {
        this(what, module, type, check, instead, seed, "run");
    }

    @Override
    public String toString() {
        return what;
    }

    /** What a seed comes to with it: null where all promises hold. */
    @Nullable Throwable run(long ofSeed) throws ReflectiveOperationException, IOException {
        ClassLoader loader = new Loader(compile());
        Method method =
                loader.loadClass(TransferSimulation.class.getName())
                        .getDeclaredMethod(run, long.class);
        method.setAccessible(true);
        try {
            method.invoke(null, ofSeed);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    private Map<String, byte[]> compile() throws IOException {
        Path file = Path.of("..", module, "src", "main", "java", type.replace('.', '/') + ".java");
        String source = Files.readString(file);
        int at = source.indexOf(check);
        if (at < 0 || source.indexOf(check, at + 1) >= 0) {
            throw new IllegalStateException("not once in " + file + ": " + check);
        }
        String mutated = source.substring(0, at) + instead + source.substring(at + check.length());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringBuilder errors = new StringBuilder();
        Map<String, ByteArrayOutputStream> out = new HashMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled =
                    compiler.getTask(
                                    null,
                                    new InMemory(files, out),
                                    error -> errors.append(error).append('\n'),
                                    List.of("-proc:none", "-nowarn"),
                                    null,
                                    List.of(new Source(type, mutated)))
                            .call();
            if (!isCompiled) {
                throw new IllegalStateException("the mutant does not compile: " + errors);
            }
        }
        Map<String, byte[]> classes = new HashMap<>();
        out.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String type, String text) {
            super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoresErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> out;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> out) {
            super(files);
            this.out = out;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    out.put(name, bytes);
                    return bytes;
                }
            };
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> mutated;

        Loader(Map<String, byte[]> mutated) {
            super(Mutant.class.getClassLoader());
            this.mutated = mutated;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolves) throws ClassNotFoundException {
            if (OWN.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolves);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = mutated.get(name);
            if (bytes == null) {
                String resource = name.replace('.', '/') + ".class";
                try (InputStream in = getResourceAsStream(resource)) {
                    if (in == null) {
                        throw new ClassNotFoundException(name);
                    }
                    bytes = in.readAllBytes();
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
