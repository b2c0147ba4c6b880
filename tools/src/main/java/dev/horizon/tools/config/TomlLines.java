package dev.horizon.tools.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which line of a TOML text each key stands. Jackson's TOML parser reads the whole text before
 * it hands out tokens and so knows no places; this scan knows headers and {@code key =} lines,
 * which is what people write, and answers 0 for the rest.
 */
final class TomlLines {
    private static final Pattern HEADER = Pattern.compile("\\s*\\[\\[?([^\\[\\]]+)]]?\\s*(#.*)?");
    private static final Pattern KEY =
            Pattern.compile(
                    "\\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\")(?:\\s*\\.\\s*[A-Za-z0-9_-]+)*)\\s*=.*");

    private final Map<String, Integer> lines = new HashMap<>();

    private TomlLines() {}

    static TomlLines of(String text) {
        TomlLines found = new TomlLines();
        String table = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher header = HEADER.matcher(line);
            Matcher key = KEY.matcher(line);
            if (header.matches()) {
                table = bare(header.group(1));
                found.lines.putIfAbsent(table, number);
            } else if (key.matches()) {
                String path = bare(key.group(1));
                found.lines.putIfAbsent(table.isEmpty() ? path : table + "." + path, number);
            }
        }
        return found;
    }

    /** The line of a key, counted from 1, or that of the table it stands in, or 0. */
    int lineOf(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
            at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
        }
        return 0;
    }

    private static String bare(String key) {
        return key.replace("\"", "").replaceAll("\\s*\\.\\s*", ".").trim();
    }
}
