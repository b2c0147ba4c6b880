package dev.horizon.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentSectionTest {
    @TempDir private Path folder;

    @Test
    void shouldReplaceWhatStandsBetweenTheComments() throws IOException {
        Path document = folder.resolve("a.md");
        Files.writeString(
                document,
                "before\n<!-- x: written by a command -->\nold\nolder\n<!-- end of x -->\nbehind\n");
        DocumentSection.write(document, "x", "new\n\n");
        assertThat(document)
                .hasContent(
                        "before\n<!-- x: written by a command -->\nnew\n<!-- end of x -->\nbehind\n");
    }

    @Test
    void shouldLeaveADocumentWithoutSuchAPartAlone() throws IOException {
        Path document = folder.resolve("a.md");
        Files.writeString(document, "before\n<!-- end of x -->\n");
        assertThatThrownBy(() -> DocumentSection.write(document, "x", "new"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no part between");
        assertThat(document).hasContent("before\n<!-- end of x -->\n");
    }
}
