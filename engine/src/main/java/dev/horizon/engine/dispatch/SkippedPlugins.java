package dev.horizon.engine.dispatch;

import java.util.List;
import java.util.TreeSet;
import org.agrona.MutableDirectBuffer;

/** Names of plugins that are skipped as a whole; written by the tick thread, read by any. */
final class SkippedPlugins {
    private volatile List<String> names = List.of();

    void set(String plugin, boolean isSkipped) {
        TreeSet<String> next = new TreeSet<>(names);
        if (isSkipped) {
            next.add(plugin);
        } else {
            next.remove(plugin);
        }
        names = List.copyOf(next);
    }

    /** In order. */
    List<String> names() {
        return names;
    }

    /** Writes them, a line each; returns bytes written. Allocates nothing. */
    int write(MutableDirectBuffer out, int offset) {
        List<String> now = names;
        int at = offset;
        for (int i = 0; i < now.size(); i++) {
            at += Utf8.encode(now.get(i), out, at, Routes.NAME_BYTES_MAX);
            out.putByte(at++, (byte) '\n');
        }
        return at - offset;
    }
}
