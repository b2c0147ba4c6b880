package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TransferSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What is to be told of transfers, held until the log has recorded the tick. Tick thread. */
final class TransferWords {
    private record Held(long position, Consumer<TransferSink> word) {}

    private final TransferSink sink;
    private final List<Consumer<TransferSink>> ofTick = new ArrayList<>();
    private final Deque<Held> held = new ArrayDeque<>();

    TransferWords(TransferSink sink) {
        this.sink = sink;
    }

    void add(Consumer<TransferSink> word) {
        ofTick.add(word);
    }

    /** Says where the tick's inputs end in the log. */
    void endTick(long position) {
        if (ofTick.isEmpty()) {
            return; // without an iterator, in the tick that moves nothing
        }
        ofTick.forEach(word -> held.addLast(new Held(position, word)));
        ofTick.clear();
    }

    /** True when nothing waits. */
    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Tells what is recorded. */
    void release(long recordedPosition) {
        while (!held.isEmpty() && held.getFirst().position <= recordedPosition) {
            held.removeFirst().word.accept(sink);
        }
    }
}
