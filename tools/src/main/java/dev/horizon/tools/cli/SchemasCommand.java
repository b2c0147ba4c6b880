package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code horizon schemas}: the wire's codecs for other languages. They are made by the build from
 * the same schemas as the node's own, and travel in the distribution, so that this needs nothing
 * else.
 */
@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        description = "Writes the wire's codecs for C++ or C#, or the schemas themselves.",
        footer = {
            "",
            "C++ needs a compiler for C++17; C# the NuGet package sbe-tool. For other languages take",
            "the schemas (xml) to the SBE tool. docs/sdk.md shows a decoder.",
            "",
            "Examples:",
            "  horizon schemas --language cpp --out client/codecs",
            "  horizon schemas --language csharp --out Client/Codecs"
        })
final class SchemasCommand implements Runnable {
    private static final String NOT_WRITTEN = "HZ-ENV-030";
    private static final List<String> SCHEMAS = List.of("session", "replication", "ticklog");

    /** What can be written. */
    enum Language {
        cpp,
        csharp,
        xml
    }

    private final Surroundings around;

    @Option(
            names = "--language",
            required = true,
            description = "${COMPLETION-CANDIDATES}; xml is the schemas themselves.")
    Language language = Language.cpp;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where to; made if missing. Files of the same names are replaced.")
    Path out = Path.of(".");

    SchemasCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        int files;
        try {
            Files.createDirectories(out);
            files = language == Language.xml ? copySchemas() : unpack();
        } catch (IOException e) {
            throw new HorizonException(
                    NOT_WRITTEN, "can't write codecs to " + out + ": " + e.getMessage(), e);
        }
        around.out().println("Wrote " + files + " files to " + out);
    }

    private int copySchemas() throws IOException {
        for (String schema : SCHEMAS) {
            String file = schema + ".xml";
            try (InputStream in = resource("/sbe/" + file)) {
                Files.copy(in, out.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return SCHEMAS.size();
    }

    private int unpack() throws IOException {
        int files = 0;
        try (ZipInputStream zip =
                new ZipInputStream(resource("/codecs/" + language.name() + ".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = out.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.toAbsolutePath().getParent());
                    Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
                    files++;
                }
            }
        }
        return files;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = SchemasCommand.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException("the distribution lacks " + name + ": build it again");
        }
        return in;
    }
}
