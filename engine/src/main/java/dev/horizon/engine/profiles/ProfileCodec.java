package dev.horizon.engine.profiles;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.horizon.engine.plugin.HorizonException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Profiles as bytes, little-endian:
 *
 * <pre>
 *  0 uint16 version      2 uint16 length of the block
 *  4 int64 playerId     12 int64 tick    20 double x    28 double y    36 double z   end of the block
 *    uint16 length, name in UTF-8
 *    uint16 length, star system in UTF-8
 *    int32 length, owned
 * </pre>
 *
 * A later version appends fields to the block or behind everything, and still reads the one before
 * it. A record never holds fewer bytes than its own version says.
 */
public final class ProfileCodec {
    /** The version that is written. */
    public static final int VERSION = 1;

    /** The oldest version that is read. */
    public static final int VERSION_OLDEST = 1;

    /** Bytes of the longest profile; the view keeps each within one entry. */
    public static final int PROFILE_LENGTH_MAX = 60_000;

    private static final int BLOCK_OFFSET = 4;
    private static final int BLOCK_LENGTH = 40;
    private static final int UINT16_MAX = 65_535;

    private ProfileCodec() {}

    /**
     * Writes a profile.
     *
     * @return bytes written
     * @throws HorizonException HZ-PRF-001 when it is longer than {@link #PROFILE_LENGTH_MAX}
     */
    public static int encode(Profile profile, ExpandableArrayBuffer buffer) {
        buffer.putShort(0, (short) VERSION, LITTLE_ENDIAN);
        buffer.putShort(2, (short) BLOCK_LENGTH, LITTLE_ENDIAN);
        buffer.putLong(4, profile.playerId(), LITTLE_ENDIAN);
        buffer.putLong(12, profile.tick(), LITTLE_ENDIAN);
        buffer.putDouble(20, profile.x(), LITTLE_ENDIAN);
        buffer.putDouble(28, profile.y(), LITTLE_ENDIAN);
        buffer.putDouble(36, profile.z(), LITTLE_ENDIAN);
        int at = putText(buffer, BLOCK_OFFSET + BLOCK_LENGTH, profile, profile.name());
        at = putText(buffer, at, profile, profile.starSystem());
        byte[] owned = profile.owned();
        if (at + Integer.BYTES + (long) owned.length > PROFILE_LENGTH_MAX) {
            throw tooLong(profile, at + Integer.BYTES + (long) owned.length);
        }
        buffer.putInt(at, owned.length, LITTLE_ENDIAN);
        buffer.putBytes(at + Integer.BYTES, owned);
        return at + Integer.BYTES + owned.length;
    }

    private static int putText(ExpandableArrayBuffer buffer, int at, Profile profile, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > UINT16_MAX || at + bytes.length > PROFILE_LENGTH_MAX) {
            throw tooLong(profile, (long) at + bytes.length);
        }
        buffer.putShort(at, (short) bytes.length, LITTLE_ENDIAN);
        buffer.putBytes(at + Short.BYTES, bytes);
        return at + Short.BYTES + bytes.length;
    }

    private static HorizonException tooLong(Profile profile, long length) {
        return new HorizonException(
                "HZ-PRF-001",
                "The profile of "
                        + profile.name()
                        + " would have "
                        + length
                        + " bytes or more, and a profile takes "
                        + PROFILE_LENGTH_MAX
                        + ". Let the player own less in one place, or note less.");
    }

    /**
     * Reads a profile.
     *
     * @throws HorizonException HZ-PRF-003 when the bytes are none, or of a version not read here
     */
    public static Profile decode(DirectBuffer buffer, int offset, int length) {
        return new Reader(buffer, offset, offset + length).profile();
    }

    /** Reads bytes from anywhere: every length is checked against the end before it is used. */
    private static final class Reader {
        private final DirectBuffer buffer;
        private final int end;
        private int at;

        Reader(DirectBuffer buffer, int offset, int end) {
            this.buffer = buffer;
            this.at = offset;
            this.end = end;
        }

        Profile profile() {
            int start = skip(BLOCK_OFFSET);
            int version = uint16(start);
            int blockLength = uint16(start + Short.BYTES);
            if (version < VERSION_OLDEST || version > VERSION) {
                throw new HorizonException(
                        "HZ-PRF-003",
                        "A profile has version "
                                + version
                                + ", and this build reads "
                                + VERSION_OLDEST
                                + " to "
                                + VERSION
                                + ". Run the build that wrote it, or one after it.");
            }
            if (blockLength < BLOCK_LENGTH) {
                throw malformed("a block of " + blockLength + " bytes");
            }
            int block = skip(blockLength);
            String name = text();
            String starSystem = text();
            byte[] owned = new byte[checked(buffer.getInt(skip(Integer.BYTES), LITTLE_ENDIAN))];
            buffer.getBytes(skip(owned.length), owned);
            return new Profile(
                    buffer.getLong(block, LITTLE_ENDIAN),
                    name,
                    buffer.getLong(block + 8, LITTLE_ENDIAN),
                    starSystem,
                    buffer.getDouble(block + 16, LITTLE_ENDIAN),
                    buffer.getDouble(block + 24, LITTLE_ENDIAN),
                    buffer.getDouble(block + 32, LITTLE_ENDIAN),
                    owned);
        }

        private int uint16(int index) {
            return buffer.getShort(index, LITTLE_ENDIAN) & UINT16_MAX;
        }

        private String text() {
            byte[] bytes = new byte[checked(uint16(skip(Short.BYTES)))];
            buffer.getBytes(skip(bytes.length), bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Where the next bytes begin; they are inside. */
        private int skip(int length) {
            int from = at;
            at += checked(length);
            return from;
        }

        private int checked(int length) {
            if (length < 0 || length > end - at) {
                throw malformed(length + " bytes where " + (end - at) + " are left");
            }
            return length;
        }

        private static HorizonException malformed(String what) {
            return new HorizonException(
                    "HZ-PRF-003",
                    "Bytes that should be a profile have "
                            + what
                            + ". Restore the data directory from a backup if this repeats.");
        }
    }
}
