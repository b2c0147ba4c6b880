package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.node.NodeProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
class BattleMapTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int BATTLE_SHIPS = 500;

    @TempDir Path folder;

    @Test
    void shouldShowBattleByTier() throws Exception {
        try (NodeProcess node = DemoNode.start(folder.resolve("data"), BATTLE_SHIPS);
                Browser browser = Browser.start(folder.resolve("browser"), 1280, 800)) {
            browser.size(1280, 800, false);
            browser.open(DemoNode.address(node));
            browser.await("window.horizon", SOON);
            browser.evaluate("document.getElementById('player').value = 'Ada'");
            browser.click("#login button");
            browser.await("horizon.state === 'connected'", SOON);
            browser.await("!document.getElementById('helm').hidden", SOON);
            browser.click("#take");
            browser.await("horizon.own !== null", SOON);
            browser.click("#show-tiers");

            browser.evaluate(
                    "window.at = (tier) => horizon.things()"
                            + ".filter((t) => t.tier === tier && t.kind !== 'rock').length");
            browser.await(
                    "at('CLOSE') >= 20 && at('CLOSE') <= 32 && at('MEDIUM') > 200 && at('SENSOR') > 100",
                    SOON);
            browser.await(
                    "Number(document.querySelectorAll('#tier-legend b')[1].textContent) > 200",
                    SOON);
            browser.screenshot(Path.of("target/screenshots/battle-tiers.png"));

            assertThat(browser.problems()).isEmpty();
            assertThat(browser.evaluate("horizon.errors.join()").asString()).isEmpty();
        }
    }
}
