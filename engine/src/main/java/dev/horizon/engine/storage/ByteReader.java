package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads stored bytes front to back and refuses to go past their end. */
final class ByteReader {
    private final DirectBuffer in;
    private final int end;
    private final String what;
    private int at;

    /**
     * Stands at the offset.
     *
     * @param what the bytes are, for messages
     */
    ByteReader(DirectBuffer in, int offset, int length, String what) {
        this.in = in;
        this.at = offset;
        this.end = offset + length;
        this.what = what;
        if (offset < 0 || length < 0 || end > in.capacity()) {
            throw damaged("it ends at byte " + end + " of " + in.capacity());
        }
    }

    DirectBuffer buffer() {
        return in;
    }

    /** Passes over bytes and returns where they start. */
    int skip(int bytes) {
        if (bytes < 0 || bytes > end - at) {
            throw damaged("it breaks off at byte " + at);
        }
        int start = at;
        at += bytes;
        return start;
    }

    int left() {
        return end - at;
    }

    int unsignedByte() {
        return in.getByte(skip(Byte.BYTES)) & 0xFF;
    }

    int unsignedShort() {
        return in.getShort(skip(Short.BYTES), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    int int32() {
        return in.getInt(skip(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    long int64() {
        return in.getLong(skip(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    /** A number of 7 bits a byte. */
    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = unsignedByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number has no end before byte " + at);
    }

    /** The same with a sign in its lowest bit. */
    long signed() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    String text() {
        int length = unsignedShort();
        byte[] utf8 = new byte[length];
        in.getBytes(skip(length), utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Checks a number that was read. */
    int count(int number, int most, String of) {
        if (number < 0 || number > most) {
            throw damaged("it has " + number + " " + of + ", at most " + most + " can be");
        }
        return number;
    }

    HorizonException damaged(String how) {
        return new HorizonException(
                "HZ-WLD-005", "the " + what + " is damaged: " + how + "; use an older one");
    }
}
