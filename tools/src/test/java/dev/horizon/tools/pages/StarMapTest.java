package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.node.NodeProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("browser")
class StarMapTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Duration DOCKED = Duration.ofSeconds(90);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @TempDir Path folder;

    @Test
    void shouldShowSystemFlyAndChat() throws Exception {
        try (NodeProcess node = DemoNode.start(folder.resolve("data"));
                Browser browser = Browser.start(folder.resolve("browser"), 1280, 800)) {
            browser.size(1280, 800, false);
            signIn(browser, DemoNode.address(node));
            seeShipsMove(browser);
            browser.screenshot(SCREENSHOTS.resolve("star-map.png"));

            takeShip(browser);
            fly(browser);
            chat(browser);
            inspect(browser);
            browser.screenshot(SCREENSHOTS.resolve("flying.png"));
            trade(browser);
            browser.screenshot(SCREENSHOTS.resolve("market.png"));

            String own = browser.evaluate("horizon.ownId").asString();
            browser.reload();
            browser.await("window.horizon?.state === 'connected'", SOON);
            browser.await("horizon.ownId === '" + own + "'", SOON);

            browser.size(400, 800, true);
            browser.await("innerWidth === 400", SOON);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(400);
            browser.screenshot(SCREENSHOTS.resolve("phone.png"));

            assertThat(browser.problems()).isEmpty();
            assertThat(browser.evaluate("horizon.errors.join()").asString()).isEmpty();
        }
    }

    private static void signIn(Browser browser, URI address) throws InterruptedException {
        browser.open(address);
        browser.await("window.horizon", SOON);
        browser.evaluate("document.getElementById('player').value = 'Ada'");
        browser.click("#login button");
        browser.await("horizon.state === 'connected'", SOON);
        browser.await("horizon.chat.some((line) => line.includes('Ada'))", SOON);
    }

    private static void seeShipsMove(Browser browser) throws InterruptedException {
        browser.await("horizon.ships > 20", SOON);
        browser.evaluate(
                "window.before = Object.fromEntries(horizon.things().map((t) => [t.id, t]))");
        browser.await(
                "horizon.things().filter((t) => t.kind === 'ship' && before[t.id]"
                        + " && Math.hypot(t.x - before[t.id].x, t.y - before[t.id].y) > 1).length > 10",
                SOON);
    }

    private static void takeShip(Browser browser) throws InterruptedException {
        browser.click("#take");
        browser.await("horizon.own !== null", SOON);
    }

    /** A ship drifts along with its station, so only a change of velocity shows that it obeys. */
    private static void fly(Browser browser) throws InterruptedException {
        JsonNode before = browser.evaluate("horizon.own");
        browser.evaluate("document.getElementById('chart').focus()");
        browser.key("rawKeyDown", "KeyW");
        browser.await(
                "Math.hypot(horizon.own.vx - "
                        + before.path("vx")
                        + ", horizon.own.vy - "
                        + before.path("vy")
                        + ", horizon.own.vz - "
                        + before.path("vz")
                        + ") > 30",
                SOON);
        assertThat(browser.evaluate("horizon.predicts").asBoolean())
                .as("the own ship is shown where its controls take it")
                .isTrue();
        browser.key("keyUp", "KeyW");
        assertThat(browser.evaluate("horizon.corrections").asInt())
                .as("times that the node came to another place than the page")
                .isLessThan(5);
    }

    private static void chat(Browser browser) throws InterruptedException {
        browser.evaluate("document.getElementById('chat-text').value = 'hello from the map'");
        browser.click("#chat-send");
        browser.await("horizon.chat.some((line) => line === 'Ada: hello from the map')", SOON);
    }

    /** Missions are offered, the ship docks, and what it buys there comes into its hold. */
    private static void trade(Browser browser) throws InterruptedException {
        browser.await("horizon.offers.length > 0", SOON);
        browser.click("#show-dealings");
        // One without pirates: they would be at the ship while it docks.
        browser.evaluate(
                "document.querySelectorAll('#mission-lines li')[horizon.offers.findIndex("
                        + "(offer) => offer.pursuit !== 'FIGHT')].querySelector('button').click()");
        browser.await("horizon.offers.some((offer) => offer.accepted)", SOON);
        browser.evaluate(
                "horizon.select(horizon.things().filter((t) => t.type === 'STATION').sort((a, b) =>"
                        + " Math.hypot(a.x - horizon.own.x, a.y - horizon.own.y, a.z - horizon.own.z)"
                        + " - Math.hypot(b.x - horizon.own.x, b.y - horizon.own.y, b.z - horizon.own.z)"
                        + ")[0].id)");
        browser.click("#act-dock");
        browser.await("horizon.book !== null", DOCKED);
        browser.click("#market-lines button:enabled");
        browser.await("horizon.book.lines.some((line) => line.hold > 0)", SOON);
        browser.await(
                "document.getElementById('credits').textContent.endsWith('cr')"
                        + " && document.getElementById('credits').textContent !== '5,000 cr'",
                SOON);
    }

    private static void inspect(Browser browser) throws InterruptedException {
        browser.evaluate("horizon.select(horizon.ownId)");
        browser.await("document.getElementById('components').innerText.includes('Hull')", SOON);
    }
}
