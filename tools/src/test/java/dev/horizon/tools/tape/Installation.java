package dev.horizon.tools.tape;

import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.tools.ChildJvm;
import dev.horizon.tools.cli.Horizon;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * The {@code horizon} command as a user has it: processes of their own, which know plugins as jars
 * in a folder alone.
 */
public final class Installation {
    private final Path plugins;
    private final List<String> classPath = new ArrayList<>();

    /** Packs the plugins of this test's class path into {@code folder/plugins}. */
    public Installation(Path folder) throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        int jars = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path at = Path.of(entry);
            if (Files.isDirectory(at) && Files.exists(at.resolve(PluginDescriptor.PATH))) {
                SourceJar.pack(at, plugins.resolve("plugin-" + jars++ + ".jar"));
            } else if (Files.isRegularFile(at) && isPlugin(at)) {
                Files.copy(at, plugins.resolve(at.getFileName()));
            } else {
                classPath.add(entry);
            }
        }
    }

    private static boolean isPlugin(Path jar) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.getEntry(PluginDescriptor.PATH) != null;
        }
    }

    /** Where its plugins are; more may be put there. */
    public Path plugins() {
        return plugins;
    }

    /** Prepares a verb, with this virtual machine's flags. */
    public ProcessBuilder command(List<String> arguments) {
        List<String> command = ChildJvm.command();
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        command.add(Horizon.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
