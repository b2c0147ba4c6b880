package dev.horizon.tools.config;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.toml.TomlMapper;

/** A TOML file as settings, each with its line. */
public final class TomlSettings {
    /** A configuration longer than this is a mistake: some other file was named. */
    private static final long FILE_BYTES_MAX = 1 << 20;

    private TomlSettings() {}

    /**
     * Reads a file.
     *
     * @throws HorizonException HZ-CFG-005 when it can't be read, HZ-CFG-006 when it isn't TOML
     */
    static List<Setting> read(Path file) {
        return document(file).settings();
    }

    /**
     * A file.
     *
     * @param text whole
     * @param settings that it makes; a list of tables is one setting
     */
    public record Document(String text, List<Setting> settings) {}

    /**
     * Reads a file.
     *
     * @throws HorizonException HZ-CFG-005 when it can't be read, HZ-CFG-006 when it isn't TOML
     */
    public static Document document(Path file) {
        String text = text(file);
        Map<?, ?> tree;
        try {
            tree = new TomlMapper().readValue(text, Map.class);
        } catch (JacksonException e) {
            throw new HorizonException("HZ-CFG-006", problem(file, e), e);
        }
        TomlLines lines = TomlLines.of(text);
        List<Setting> settings = new ArrayList<>();
        flatten(tree, "", file, lines, settings);
        return new Document(text, settings);
    }

    /** Settings as the nested maps that a record is bound from. */
    public static Map<String, Object> tree(List<Setting> settings) {
        return ConfigTree.below("", settings);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new HorizonException(
                        "HZ-CFG-005", file + " is larger than 1 MiB; name a TOML file");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-CFG-005",
                    "cannot read " + file + "; check the path, and that it is readable UTF-8 text",
                    e);
        }
    }

    private static String problem(Path file, JacksonException e) {
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
        return new Origin.File(file, line).describe()
                + " is not valid TOML: "
                + e.getOriginalMessage()
                + "; correct that line, or see docs/configuration.md for an example";
    }

    private static void flatten(
            Map<?, ?> tree, String prefix, Path file, TomlLines lines, List<Setting> into) {
        tree.forEach((key, value) -> {
            String path = prefix + key;
            if (value instanceof Map<?, ?> table) {
                flatten(table, path + ".", file, lines, into);
            } else {
                into.add(new Setting(path, value, new Origin.File(file, lines.lineOf(path))));
            }
        });
    }
}
