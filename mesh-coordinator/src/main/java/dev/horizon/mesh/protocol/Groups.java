package dev.horizon.mesh.protocol;

import org.agrona.DirectBuffer;

/** Groups of messages from outside: a forged header may say that their elements take no bytes. */
final class Groups {
    /** The smallest element of any group and version. */
    private static final int ELEMENT_BYTES_MIN = Long.BYTES;

    private Groups() {}

    /**
     * Lets no message have more elements than it has room for.
     *
     * @throws IndexOutOfBoundsException as any other message that is cut off
     */
    static void requireRoom(int elements, DirectBuffer message) {
        if ((long) elements * ELEMENT_BYTES_MIN > message.capacity()) {
            throw new IndexOutOfBoundsException(
                    elements + " elements in " + message.capacity() + " bytes");
        }
    }
}
