package dev.horizon.net.standby;

import dev.horizon.schemas.standby.CopyPartDecoder;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a node says in pieces: the parts of a copy, in order, and jars of plugins,
 * which may come at any time. One thread puts together, another takes.
 */
final class CopyParts {
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Consumer<byte[]> onJar;

    /** A whole part of a copy. */
    record Part(int kind, byte[] bytes) {}

    /**
     * Nothing yet.
     *
     * @param onJar takes jars, on a thread of their own
     */
    CopyParts(Consumer<byte[]> onJar) {
        this.onJar = onJar;
    }

    void heard(CopyPartDecoder from) {
        int kind = from.part();
        boolean isLast = from.last() == 1;
        if (from.first() == 1) {
            // The one before was given up in the middle.
            pieces.reset();
        }
        byte[] piece = new byte[from.bytesLength()];
        from.getBytes(piece, 0, piece.length);
        pieces.writeBytes(piece);
        if (!isLast) {
            return;
        }
        byte[] whole = pieces.toByteArray();
        pieces.reset();
        if (kind == Voice.JAR) {
            Thread.ofVirtual().start(() -> onJar.accept(whole));
        } else {
            parts.add(new Part(kind, whole));
        }
    }

    /** The next part of a copy; null when none comes in time. */
    @Nullable Part poll(long millis) throws InterruptedException {
        return parts.poll(millis, TimeUnit.MILLISECONDS);
    }
}
