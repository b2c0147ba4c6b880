package dev.horizon.net.streams;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import org.agrona.DirectBuffer;

/** Offers that never wait: only the turn to the next term is tried again at once. */
final class Offers {
    /** A term turns in one step; a second attempt can meet it only if terms are absurdly small. */
    private static final int ATTEMPTS_MAX = 3;

    private Offers() {}

    /** The position, or the reason why not. */
    static long offer(
            ExclusivePublication publication, DirectBuffer buffer, int offset, int length) {
        long position = Publication.ADMIN_ACTION;
        for (int i = 0; i < ATTEMPTS_MAX && position == Publication.ADMIN_ACTION; i++) {
            position = publication.offer(buffer, offset, length);
        }
        return position;
    }

    /** The position, or the reason why not. */
    static long offer(Publication publication, DirectBuffer buffer, int offset, int length) {
        long position = Publication.ADMIN_ACTION;
        for (int i = 0; i < ATTEMPTS_MAX && position == Publication.ADMIN_ACTION; i++) {
            position = publication.offer(buffer, offset, length);
        }
        return position;
    }
}
