package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.replay.JarShelf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The jars that a standby takes from its node: those that are sealed with the key of both, and no
 * others. Thread-safe.
 */
public final class JarIntake {
    private final JarShelf shelf;
    private final JarSeal seal;
    private volatile boolean isAnybodys;

    /** Onto a shelf. */
    public JarIntake(JarShelf shelf, JarSeal seal) {
        this.shelf = shelf;
        this.seal = seal;
    }

    /** Keeps a jar; answers its hash, or null for one that could be anybody's. */
    @Nullable String take(byte[] sealed) {
        byte[] jar = seal.open(sealed);
        if (jar == null) {
            isAnybodys = true;
            return null;
        }
        return shelf.keep(jar);
    }

    /**
     * Those that aren't here yet.
     *
     * @throws HorizonException HZ-STB-015 when one came that wasn't kept
     */
    List<String> lacking(Set<String> hashes) {
        List<String> lacking = hashes.stream().filter(hash -> !shelf.has(hash)).toList();
        if (isAnybodys && !lacking.isEmpty()) {
            throw new HorizonException(
                    "HZ-STB-015",
                    "the jar of a plugin came that wasn't sealed with this standby's ticket key,"
                            + " and isn't run: give the standby the node's key, with"
                            + " gateway.ticket-key-file");
        }
        return lacking;
    }
}
