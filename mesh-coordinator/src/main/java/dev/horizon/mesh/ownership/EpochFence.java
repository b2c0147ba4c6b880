package dev.horizon.mesh.ownership;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/**
 * Remembers the highest epoch at which this data directory ever owned each region, so that a node
 * started with an old configuration finds itself fenced instead of ticking what has a new owner.
 * Used at start, before the first tick, by one thread.
 */
public final class EpochFence {
    private static final String FILE_NAME = "epochs.properties";

    private final Path file;

    /** Uses a file in the given directory, which must exist. */
    public EpochFence(Path dataDirectory) {
        this.file = dataDirectory.resolve(FILE_NAME);
    }

    /**
     * Admits all regions and remembers their epochs, or none.
     *
     * @throws HorizonException HZ-MESH-006 when a region was owned here at a higher epoch
     */
    public void admit(List<Region> regions) {
        try {
            Properties epochs = read();
            for (Region region : regions) {
                String key = region.starSystem() + "/" + region.id();
                long seen = Long.parseLong(epochs.getProperty(key, "0"));
                if (region.epoch() < seen) {
                    throw new HorizonException(
                            "HZ-MESH-006",
                            "region %d of star system %s is configured with epoch %d, but %s has"
                                            .formatted(
                                                    region.id(),
                                                    region.starSystem(),
                                                    region.epoch(),
                                                    file)
                                    + " seen epoch "
                                    + seen
                                    + ": use the current configuration, which has "
                                    + seen
                                    + " or more");
                }
                epochs.setProperty(key, Long.toString(region.epoch()));
            }
            write(epochs);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep epochs in " + file, e);
        }
    }

    private Properties read() throws IOException {
        Properties epochs = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                epochs.load(in);
            }
        }
        return epochs;
    }

    /** Writes beside the file, forces it, then renames: a kill leaves the old or the new file. */
    private void write(Properties epochs) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String key : epochs.stringPropertyNames().stream().sorted().toList()) {
            text.append(key).append('=').append(epochs.getProperty(key)).append('\n');
        }
        Path next = file.resolveSibling(FILE_NAME + ".next");
        Files.writeString(next, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
