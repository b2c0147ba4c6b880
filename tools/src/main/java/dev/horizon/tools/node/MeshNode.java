package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which node of the mesh a data folder speaks for: its own, or, since it took over as a standby,
 * another's. Used by who holds the folder's lock.
 *
 * @param home by which the mesh knows the node
 * @param folder by which it knows the data folder
 * @param before lives that the node has had more than the folder; less than 0 where it had fewer
 * @param replaces the life from which the folder took over; 0 for none
 */
record MeshNode(long home, long folder, long before, long replaces) {
    private static final String FILE = "mesh-node";
    private static final String COPY = "copy";

    /**
     * That of a folder.
     *
     * @throws HorizonException HZ-ENV-012 when it can't be read or made, HZ-STB-012 for the folder
     *     of a standby that never took over
     */
    static MeshNode of(Path dataFolder) {
        long folder = MeshHome.of(dataFolder);
        Path file = dataFolder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return new MeshNode(folder, folder, 0, 0);
            }
            String text = Files.readString(file).strip();
            if (text.equals(COPY)) {
                throw copied(dataFolder);
            }
            String[] words = text.split(" ");
            return new MeshNode(
                    Long.parseUnsignedLong(words[0], 16),
                    folder,
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw MeshHome.unusable(file, e);
        }
    }

    /**
     * From now on the folder speaks for a node whose last life can release nothing any more.
     *
     * @param last that life
     * @param incarnation of the folder: the node's next life
     * @throws HorizonException HZ-ENV-012 when that can't be noted
     */
    static MeshNode takeOver(Path dataFolder, long home, long last, int incarnation) {
        MeshNode now = new MeshNode(home, MeshHome.of(dataFolder), last + 1 - incarnation, last);
        Path file = dataFolder.resolve(FILE);
        try {
            NoteFile.write(file, "%016x %d %d".formatted(home, now.before, last));
            return now;
        } catch (IOException e) {
            throw MeshHome.unusable(file, e);
        }
    }

    private static HorizonException copied(Path dataFolder) {
        return new HorizonException(
                "HZ-STB-012",
                dataFolder
                        + " has a copy of a node's world that never took over, and that node may"
                        + " have told the mesh what isn't in it: start the node's own folder, or"
                        + " make this one its standby again with 'horizon standby --of'");
    }

    /**
     * From now on the folder has a copy of another's world, and speaks for nobody.
     *
     * @throws HorizonException HZ-ENV-012 when that can't be noted
     */
    static void copies(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            NoteFile.write(file, COPY);
        } catch (IOException e) {
            throw MeshHome.unusable(file, e);
        }
    }

    /** Which life of the node a life of the folder is. */
    long life(int incarnation) {
        return before + incarnation;
    }
}
