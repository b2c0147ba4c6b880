package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A note in a data folder that another process may speak for its world: written before that can be,
 * removed once it can't. Who finds it must not tick by itself. Used by who holds the folder's lock.
 */
final class StandbyMark {
    private static final String FILE = "standby";
    private static final String STANDBY_OF = "standby of ";

    private final Path file;

    StandbyMark(Path dataDirectory) {
        file = dataDirectory.resolve(FILE);
    }

    /** A node notes that its standby may take over from now on. */
    void attached(String standby) {
        write("node with standby " + standby);
    }

    /** A standby notes whose it is. */
    void follows(String node) {
        write(STANDBY_OF + node);
    }

    /** Nobody else may speak. */
    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True when another may speak for the folder's world. */
    boolean isThere() {
        return Files.exists(file);
    }

    /**
     * For a node about to tick.
     *
     * @param isAlone an operator vouches for it
     * @throws HorizonException HZ-STB-010 when another may speak
     */
    void requireAlone(boolean isAlone) {
        if (isThere() && !isAlone) {
            String text = read();
            throw new HorizonException(
                    "HZ-STB-010",
                    file
                            + " says: "
                            + text
                            + ". "
                            + (text.startsWith(STANDBY_OF)
                                    ? "That node may tick this world now"
                                    : "That one may have taken over and tick this world now")
                            + ": make sure that it doesn't, then start this one with --alone; or"
                            + " make it the standby of the other with 'horizon standby --of'");
        }
        remove();
    }

    private String read() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            NoteFile.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
