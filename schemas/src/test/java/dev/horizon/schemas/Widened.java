package dev.horizon.schemas;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes of a replication message what a later version would send: fields appended to its block and
 * to the entries of its groups, groups appended to it, a higher version in its header.
 */
final class Widened {
    /** Vectors of the versions before, and today's as a later version might send them. */
    static final Path OLD = Path.of("src/test/resources/old");

    static final Path LATER = Path.of("src/test/resources/later");
    private static final int LATER_VERSION = 1_000;

    /** Groups before the components of Frame and View, and those of Beacon and Recut. */
    private static final int[] GROUPS = {0, 10, 0, 1, 0, 8, 1};

    private static final int GLANCE = 7;
    private static final int GLANCE_COMPONENTS = 4;
    private static final int GLANCE_PATCHES = 10;

    /** Behind the components of Frame and View. */
    private static final int FLIGHT_GROUPS = 2;

    private static final int[] MORE_OF_GROUP = {4, 1, 9};

    private final UnsafeBuffer in;
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private int from;
    private int to;

    private Widened(byte[] message) {
        in = new UnsafeBuffer(message);
    }

    /** Writes what receivers of other modules and languages are held to. */
    static void writeAll() throws IOException {
        Files.createDirectories(LATER);
        try (Stream<Path> files = Files.list(GoldenVectors.FOLDER)) {
            for (Path file : files.filter(Widened::isReplication).toList()) {
                Files.write(LATER.resolve(file.getFileName()), of(Files.readAllBytes(file)));
            }
        }
    }

    private static boolean isReplication(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("replication-") && name.endsWith(".bin");
    }

    static byte[] of(byte[] message) {
        Widened widened = new Widened(message);
        widened.widen(LATER_VERSION);
        byte[] bytes = new byte[widened.to];
        widened.out.getBytes(0, bytes);
        return bytes;
    }

    private void widen(int laterVersion) {
        int block = u16(0);
        int template = u16(2);
        copy(8);
        out.putShort(0, (short) (block + 5), LITTLE_ENDIAN);
        out.putShort(6, (short) laterVersion, LITTLE_ENDIAN);
        copy(block);
        junk(5);
        if (template == GLANCE) {
            widenGlance();
            return;
        }
        for (int group = 0; group < GROUPS[template]; group++) {
            widenGroup(MORE_OF_GROUP[group % MORE_OF_GROUP.length]);
        }
        if (template == 1 || template == 5) {
            components();
            for (int group = 0; group < FLIGHT_GROUPS; group++) {
                widenGroup(MORE_OF_GROUP[group]);
            }
        }
        // A group that nobody knows yet.
        out.putShort(to, (short) 3, LITTLE_ENDIAN);
        out.putShort(to + 2, (short) 2, LITTLE_ENDIAN);
        to += 4;
        junk(6);
    }

    private void widenGroup(int more) {
        int bytes = u16(from);
        int count = u16(from + 2);
        out.putShort(to, (short) (bytes + more), LITTLE_ENDIAN);
        out.putShort(to + 2, (short) count, LITTLE_ENDIAN);
        from += 4;
        to += 4;
        for (int i = 0; i < count; i++) {
            copy(bytes);
            junk(more);
        }
    }

    private void widenGlance() {
        for (int group = 0; group <= GLANCE_PATCHES; group++) {
            int bytes = in.getByte(from) & 0xFF;
            int count = in.getByte(from + 1) & 0xFF;
            out.putByte(to, (byte) (bytes + 2));
            out.putByte(to + 1, (byte) count);
            from += 2;
            to += 2;
            for (int i = 0; i < count; i++) {
                copy(bytes);
                junk(2);
                if (group == GLANCE_COMPONENTS || group == GLANCE_PATCHES) {
                    copy(2 + u16(from));
                }
            }
        }
        // A group that nobody knows yet.
        out.putByte(to++, (byte) 3);
        out.putByte(to++, (byte) 2);
        junk(6);
    }

    private void components() {
        int bytes = u16(from);
        int count = u16(from + 2);
        out.putShort(to, (short) (bytes + 2), LITTLE_ENDIAN);
        out.putShort(to + 2, (short) count, LITTLE_ENDIAN);
        from += 4;
        to += 4;
        for (int i = 0; i < count; i++) {
            copy(bytes);
            junk(2);
            copy(4 + in.getInt(from, LITTLE_ENDIAN));
        }
    }

    private void copy(int bytes) {
        out.putBytes(to, in, from, bytes);
        from += bytes;
        to += bytes;
    }

    private void junk(int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.putByte(to++, (byte) 0xEE);
        }
    }

    private int u16(int at) {
        return in.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
    }
}
