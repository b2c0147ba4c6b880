package dev.horizon.tools.node;

import dev.horizon.tools.plugin.PluginBuild;
import dev.horizon.tools.plugin.Sdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A plugin that tests write, compile and replace. */
public final class SamplePlugin {
    static final String RECORDS =
            """
            package sample;
            import dev.horizon.engine.world.*;
            %s
            """;

    private final Path project;
    private final Sdk sdk;

    public SamplePlugin(Path folder) throws IOException {
        project = folder.resolve("sample");
        sdk = sdk();
        resource(
                "META-INF/horizon-plugin.properties",
                "name=sample\nversion=1.0.0\napi-version=0.1\nmain=sample.Sample\n");
    }

    /** The processor as the build that runs this test made it. */
    public static Sdk sdk() {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("architecture.root")));
        Path classes = Path.of(Objects.requireNonNull(System.getProperty("architecture.classes")));
        Path processor = root.resolve("engine/component-processor").resolve(classes);
        return new Sdk(Sdk.ofProcess(), List.of(processor));
    }

    public SamplePlugin source(String name, String text) throws IOException {
        write("src/main/java/sample/" + name + ".java", text);
        return this;
    }

    SamplePlugin record(String name, String declaration) throws IOException {
        return source(name, RECORDS.formatted(declaration));
    }

    void resource(String name, String text) throws IOException {
        write("src/main/resources/" + name, text);
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    public Path build() {
        return new PluginBuild(project, sdk).build();
    }
}
