package dev.horizon.engine.dispatch;

import org.agrona.MutableDirectBuffer;

/** Text to UTF-8 without a detour over a byte array. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Encodes a text; a lone surrogate becomes a question mark.
     *
     * @return bytes written, or -1 where more than {@code bytesMax} would be needed
     */
    public static int encode(String text, MutableDirectBuffer out, int offset, int bytesMax) {
        int at = offset;
        int end = offset + bytesMax;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (Character.isSurrogate((char) c)) {
                int pair = text.codePointAt(i);
                if (Character.isSupplementaryCodePoint(pair)) {
                    c = pair;
                    i++;
                } else {
                    c = '?';
                }
            }
            int bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (at + bytes > end) {
                return -1;
            }
            switch (bytes) {
                case 1 -> out.putByte(at, (byte) c);
                case 2 -> out.putByte(at, (byte) (0xC0 | c >>> 6));
                case 3 -> out.putByte(at, (byte) (0xE0 | c >>> 12));
                default -> out.putByte(at, (byte) (0xF0 | c >>> 18));
            }
            for (int more = 1; more < bytes; more++) {
                int shift = 6 * (bytes - 1 - more);
                out.putByte(at + more, (byte) (0x80 | c >>> shift & 0x3F));
            }
            at += bytes;
        }
        return at - offset;
    }
}
