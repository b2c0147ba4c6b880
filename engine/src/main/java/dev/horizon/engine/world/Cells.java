package dev.horizon.engine.world;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * How texts and fixed-length arrays lie in a column; for generated code. A text's cell is one byte
 * of length and the field's bound in bytes of UTF-8, padded with zeros so that equal texts have
 * equal bits.
 */
public final class Cells {
    private Cells() {}

    /** The text in a row's cell; allocates. */
    public static String text(byte[] cells, int row, int bytesMax) {
        int start = row * (1 + bytesMax);
        int length = Math.min(cells[start] & 0xFF, bytesMax);
        return new String(cells, start + 1, length, StandardCharsets.UTF_8);
    }

    /** Puts encoded text into a row's cell. */
    public static void setText(byte[] cells, int row, int bytesMax, byte[] utf8) {
        int start = row * (1 + bytesMax);
        cells[start] = (byte) utf8.length;
        System.arraycopy(utf8, 0, cells, start + 1, utf8.length);
        Arrays.fill(cells, start + 1 + utf8.length, start + 1 + bytesMax, (byte) 0);
    }

    /**
     * The text as UTF-8.
     *
     * @param field as in {@code Ship.name}, for the message
     * @throws IllegalArgumentException when it is longer than the field's bound
     */
    public static byte[] encode(String text, int bytesMax, String field) {
        byte[] utf8 = Objects.requireNonNull(text, field).getBytes(StandardCharsets.UTF_8);
        if (utf8.length > bytesMax) {
            throw new IllegalArgumentException(
                    field
                            + " takes at most "
                            + bytesMax
                            + " bytes of UTF-8, the text has "
                            + utf8.length
                            + ": '"
                            + text
                            + "'");
        }
        return utf8;
    }

    /**
     * Checks an array before it is stored.
     *
     * @throws IllegalArgumentException when it doesn't have the field's length
     */
    public static void requireLength(int given, int length, String field) {
        if (given != length) {
            throw new IllegalArgumentException(
                    field + " has " + length + " elements, the array given has " + given);
        }
    }
}
