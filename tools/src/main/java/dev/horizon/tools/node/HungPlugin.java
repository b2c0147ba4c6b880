package dev.horizon.tools.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node leaves in its folder when it ends because a plugin's callback didn't return: its next
 * life goes on without that plugin.
 *
 * @param plugin to be skipped
 * @param name of the handler, command or system
 * @param tick that it held, of which nobody has seen anything
 * @param stack where it stood
 */
record HungPlugin(String plugin, String name, long tick, String stack) {
    private static final String FILE = "hung-plugin";
    private static final int LINES_BEFORE_STACK = 3;

    void leaveIn(Path dataDirectory) {
        try {
            Files.writeString(
                    dataDirectory.resolve(FILE),
                    String.join("\n", plugin, name, Long.toString(tick), stack));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a folder's last life; null where it ended otherwise. */
    static @Nullable HungPlugin in(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() < LINES_BEFORE_STACK
                    ? null
                    : new HungPlugin(
                            lines.get(0),
                            lines.get(1),
                            Long.parseLong(lines.get(2)),
                            String.join("\n", lines.subList(LINES_BEFORE_STACK, lines.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once a life has begun without it. */
    static void forget(Path dataDirectory) {
        try {
            Files.deleteIfExists(dataDirectory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
