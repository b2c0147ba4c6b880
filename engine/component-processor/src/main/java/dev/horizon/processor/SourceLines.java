package dev.horizon.processor;

/** Text of a source file, line by line, indented by how many braces are open. */
final class SourceLines {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds a line; one that ends in an opening brace indents what follows. */
    SourceLines line(String line) {
        if (line.startsWith("}")) {
            depth--;
        }
        if (!line.isEmpty()) {
            text.repeat("    ", depth).append(line);
        }
        text.append('\n');
        if (line.endsWith("{")) {
            depth++;
        }
        return this;
    }

    /** Adds a line that continues the statement above. */
    SourceLines more(String line) {
        text.repeat("    ", depth + 2).append(line).append('\n');
        return this;
    }

    /** Adds an empty line. */
    SourceLines gap() {
        return line("");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
