package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A plugin's jar, read whole into memory, so that replacing the file harms no running node.
 *
 * @param origin the file
 * @param descriptor what it says of itself
 * @param sha256 of the file, in hex: what a tape names it by
 * @param entries name to bytes
 */
record PluginJar(
        Path origin, PluginDescriptor descriptor, String sha256, Map<String, byte[]> entries) {
    /** A jar that unpacks to more than this isn't a plugin's code. */
    private static final long BYTES_MAX = 64L * 1024 * 1024;

    private static final int ENTRIES_MAX = 20_000;

    /**
     * Reads a jar.
     *
     * @throws HorizonException HZ-PLG-001 for what is no plugin jar, 002 for its descriptor, 011
     *     when it is too large
     */
    static PluginJar read(Path file) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        String hash;
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw tooLarge(file);
            }
            byte[] bytes = Files.readAllBytes(file);
            hash = PluginHost.sha256(bytes);
            unpack(file, bytes, entries);
        } catch (IOException | IllegalArgumentException e) {
            throw new HorizonException(
                    "HZ-PLG-001",
                    file + " can't be read as a jar (" + e.getMessage() + "); build it again",
                    e);
        }
        byte[] descriptor = entries.get(PluginDescriptor.PATH);
        if (descriptor == null) {
            throw new HorizonException(
                    "HZ-PLG-001",
                    file
                            + " holds no "
                            + PluginDescriptor.PATH
                            + "; add it, or move the jar out of the plugins folder");
        }
        return new PluginJar(file, descriptor(file, descriptor), hash, entries);
    }

    private static void unpack(Path file, byte[] bytes, Map<String, byte[]> entries)
            throws IOException {
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                if (!entry.isDirectory()) {
                    byte[] content = zip.readNBytes((int) (BYTES_MAX - total) + 1);
                    total += content.length;
                    if (total > BYTES_MAX || entries.size() == ENTRIES_MAX) {
                        throw tooLarge(file);
                    }
                    entries.put(entry.getName(), content);
                }
                entry = zip.getNextEntry();
            }
        }
        if (entries.isEmpty()) {
            throw new IOException("it has no entries");
        }
    }

    private static PluginDescriptor descriptor(Path file, byte[] content) {
        Properties properties = new Properties();
        try (InputStream in = new ByteArrayInputStream(content)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new HorizonException(
                    "HZ-PLG-002",
                    file + ": " + PluginDescriptor.PATH + " can't be read; repair it",
                    e);
        }
        return PluginDescriptor.read(properties, file.toString());
    }

    private static HorizonException tooLarge(Path file) {
        return new HorizonException(
                "HZ-PLG-011",
                file
                        + " unpacks to more than "
                        + (BYTES_MAX >> 20)
                        + " MiB or "
                        + ENTRIES_MAX
                        + " entries; leave data out of the jar");
    }
}
