package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.cli.Console;
import dev.horizon.tools.mesh.FreePorts;
import dev.horizon.tools.mesh.LocalMesh;
import dev.horizon.tools.mesh.MeshHistory;
import dev.horizon.tools.mesh.MeshLayout;
import dev.horizon.tools.tape.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page of a local mesh in a real browser: a region is cut, and half of it moves. */
@Tag("browser")
class MeshPageTest {
    private static final Duration SOON = Duration.ofSeconds(300);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int NODES = 3;

    @TempDir Path folder;
    private MeshLayout layout;

    @Test
    void shouldShowOwnersLoadASplitAndTransfersInFlight() throws Exception {
        Installation installation = new Installation(folder.resolve("installation"));
        Path data = folder.resolve("mesh");
        int port = FreePorts.inRow(data, MeshLayout.PORTS);
        layout = new MeshLayout(data, List.of("sol"), NODES, 0, 1, port, 500_000);
        List<String> settings =
                List.of(
                        "node.plugin-dir=" + installation.plugins(),
                        "plugins.sol.ships=60",
                        "plugins.sol.objects=600");
        try (Browser browser = Browser.start(folder.resolve("browser"), 1360, 820);
                LocalMesh mesh =
                        LocalMesh.start(
                                layout,
                                settings,
                                installation::command,
                                new MeshHistory(event -> {}))) {
            browser.size(1360, 820, false);
            browser.open(mesh.page());
            browser.await("document.querySelectorAll('[data-health=ticking]').length === 3", SOON);
            browser.await("document.querySelector('#verdict').dataset.state === 'connected'", SOON);
            assertThat(texts(browser, "#regions tbody td:nth-child(2)"))
                    .containsExactly("sol-1", "sol-2", "sol-3");
            assertThat(texts(browser, "#regions tbody td:nth-child(4)")).containsOnly("1");
            assertThat(browser.evaluate("document.querySelectorAll('#nodes meter').length").asInt())
                    .isEqualTo(NODES);
            browser.await("document.querySelector('#open-count').innerText === '0'", SOON);

            split(browser);
            pausedInFlight(browser);
            browser.await("document.querySelector('#open-count').innerText === '0'", SOON);
            byKeys(browser);
            assertThat(browser.problems()).isEmpty();
        }
    }

    private void split(Browser browser) throws Exception {
        command("split", "1", "--axis", "y", "--at", "0");
        browser.await("document.querySelectorAll('#regions tbody tr').length === 4", SOON);
        browser.await("document.querySelectorAll('#map rect').length === 4", SOON);
        browser.await(
                "document.querySelector('#history').innerText.includes('was cut off another')",
                SOON);
    }

    /** A node that has stopped makes no room: what is to go there waits, and the page shows it. */
    private void pausedInFlight(Browser browser) throws Exception {
        browser.await("document.querySelectorAll('#processes [data-state=up]').length === 4", SOON);
        long stopped =
                browser.evaluate(
                                "+[...document.querySelectorAll('#processes tr')]"
                                        + ".find((tr) => tr.innerText.includes('sol-3')).cells[3].innerText")
                        .asLong();
        signal("-STOP", stopped);
        try {
            Thread mover = Thread.ofVirtual().start(() -> command("move", "1", "--to", "sol-3"));
            browser.await("+document.querySelector('#open-count').innerText > 0", SOON);
            browser.await(
                    "document.querySelector('#transfers').innerText.includes('reserved')", SOON);
            browser.await("document.querySelector('#map').textContent.includes('→ sol-3')", SOON);
            browser.screenshot(SCREENSHOTS.resolve("mesh.png"));
            browser.size(420, 820, true);
            browser.await("innerWidth === 420", SOON);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(420);
            browser.screenshot(SCREENSHOTS.resolve("mesh-phone.png"));
            browser.size(1360, 820, false);
            signal("-CONT", stopped);
            mover.join();
        } finally {
            signal("-CONT", stopped);
        }
        browser.await(
                "document.querySelector('#regions tbody tr').cells[1].innerText === 'sol-3'", SOON);
    }

    /** Each part that scrolls, and each link, is reached by Tab, and keeps the focus. */
    private static void byKeys(Browser browser) throws Exception {
        assertThat(
                        browser.evaluate(
                                        "[...document.querySelectorAll('section')].every((s) => s.tabIndex === 0)")
                                .asBoolean())
                .isTrue();
        browser.evaluate("document.querySelector('#nodes a').focus()");
        String tick = "document.querySelector('#nodes tbody tr').cells[3].innerText";
        String before = browser.evaluate(tick).asString();
        browser.await(tick + " !== '" + before + "'", SOON);
        assertThat(browser.evaluate("document.activeElement.innerText").asString())
                .isEqualTo("sol-1");
    }

    private static List<String> texts(Browser browser, String selector) {
        List<String> texts = new ArrayList<>();
        JsonNode found =
                browser.evaluate(
                        "[...document.querySelectorAll('"
                                + selector
                                + "')].map((e) => e.innerText)");
        found.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    private void command(String... words) {
        List<String> line = new ArrayList<>(List.of("mesh"));
        line.addAll(List.of(words));
        line.addAll(List.of("--members", String.join(",", layout.members())));
        line.addAll(List.of("--key-file", layout.keyFile().toString()));
        Console console = new Console();
        assertThat(console.run(line.toArray(String[]::new))).as(console.err()).isZero();
    }

    private static void signal(String which, long pid) throws Exception {
        new ProcessBuilder("kill", which, Long.toString(pid)).inheritIO().start().waitFor();
    }
}
