package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/**
 * The number by which the mesh knows a data folder, and the node that began in it: random, made at
 * its first use. A copy of a folder has the same number and would pass for it, so it isn't part of
 * a backup's restore elsewhere.
 */
final class MeshHome {
    private static final String FILE = "mesh-home";

    private MeshHome() {}

    /**
     * That of a folder, whose lock the caller holds.
     *
     * @throws HorizonException HZ-ENV-012 when it can't be read or made
     */
    static long of(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return Long.parseUnsignedLong(Files.readString(file).strip(), 16);
            }
            long made = new SecureRandom().nextLong() | 1;
            Path next = dataFolder.resolve(FILE + ".next");
            Files.writeString(next, "%016x%n".formatted(made));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException | NumberFormatException e) {
            throw unusable(file, e);
        }
    }

    static HorizonException unusable(Path file, Exception why) {
        return new HorizonException(
                "HZ-ENV-012",
                "the file "
                        + file
                        + " can't be read or made: "
                        + why
                        + "; check its owner and mode",
                why);
    }
}
