package dev.horizon.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that a command writes: what stands between its two comments. */
final class DocumentSection {
    private DocumentSection() {}

    /**
     * Writes it anew.
     *
     * @throws IllegalStateException where the document has no such part; it stays as it is
     */
    static void write(Path document, String name, String text) throws IOException {
        String begin = "<!-- " + name + ": written by a command -->\n";
        String end = "<!-- end of " + name + " -->";
        String before = Files.readString(document);
        int from = before.indexOf(begin);
        int to = before.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(
                    document + " has no part between " + begin.strip() + " and " + end);
        }
        Files.writeString(
                document,
                before.substring(0, from + begin.length())
                        + text.strip()
                        + "\n"
                        + before.substring(to));
    }
}
