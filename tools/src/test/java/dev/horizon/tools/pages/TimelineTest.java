package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.gateway.PageServer;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.plugins.sol.SolPlugin;
import dev.horizon.tools.tape.RecordedRun;
import dev.horizon.tools.timeline.TimelineApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The timeline of a tape in a real browser: what a person does with it. */
@Tag("browser")
class TimelineTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int TICKS = 400;
    private static final int FAULT_TICK = 250;
    private static final int NUDGE_TICK = 120;

    @TempDir Path folder;

    @Test
    void shouldScrubPlotAndJumpThroughATape() throws Exception {
        record("data", 0);
        try (TimelineApi api = new TimelineApi(source("data", 0), null);
                PageServer server = serve(api);
                Browser browser = Browser.start(folder.resolve("browser"), 1360, 820)) {
            browser.size(1360, 820, false);
            open(browser, server, "?tick=100");
            assertThat(browser.evaluate("replay.tick").asInt()).isEqualTo(100);
            assertThat(text(browser, "verdict")).isEqualTo("As recorded");
            browser.await("replay.things().filter((t) => t.kind === 'ship').length > 100", SOON);
            browser.screenshot(SCREENSHOTS.resolve("timeline.png"));

            byKeys(browser);
            play(browser);
            jump(browser);
            plot(browser);

            browser.size(420, 820, true);
            browser.await("innerWidth === 420", SOON);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(420);
            browser.screenshot(SCREENSHOTS.resolve("timeline-phone.png"));
            assertThat(browser.problems()).isEmpty();
            assertThat(browser.evaluate("replay.errors.join()").asString()).isEmpty();
        }
    }

    @Test
    void shouldLightWhatDiffersBetweenTwoTapes() throws Exception {
        record("data", 0);
        record("other", 3);
        try (TimelineApi api = new TimelineApi(source("data", 0), source("other", 3));
                PageServer server = serve(api);
                Browser browser = Browser.start(folder.resolve("browser"), 1360, 820)) {
            browser.size(1360, 820, false);
            open(browser, server, "?tick=100");
            assertThat(text(browser, "differ")).isEqualTo("nothing");
            press(browser, "KeyD", "d", false);
            browser.await("replay.shown === " + NUDGE_TICK, SOON);
            browser.await("replay.differing.length === 3", SOON);
            String id = browser.evaluate("replay.differing[0]").asString();
            browser.evaluate("replay.select('" + id + "')");
            browser.await("document.querySelector('#components section.differs')", SOON);
            browser.screenshot(SCREENSHOTS.resolve("timeline-two.png"));
            assertThat(browser.problems()).isEmpty();
        }
    }

    private static void byKeys(Browser browser) throws InterruptedException {
        press(browser, "ArrowRight", "ArrowRight", false);
        browser.await("replay.shown === 101", SOON);
        press(browser, "ArrowLeft", "ArrowLeft", false);
        press(browser, "ArrowLeft", "ArrowLeft", false);
        browser.await("replay.shown === 99", SOON);
        press(browser, "ArrowRight", "ArrowRight", true);
        browser.await("replay.shown === 119", SOON);
        press(browser, "End", "End", false);
        browser.await("replay.shown === " + TICKS, SOON);
        press(browser, "Home", "Home", false);
        browser.await("replay.shown === 1", SOON);
        assertThat(browser.evaluate("location.search").asString()).isEqualTo("?tick=1");
    }

    private static void play(Browser browser) throws InterruptedException {
        browser.evaluate(
                "window.before = Object.fromEntries(replay.things().map((t) => [t.id, t]))");
        press(browser, "Space", " ", false);
        browser.await("replay.playing && replay.tick > 10", SOON);
        browser.await(
                "replay.things().filter((t) => t.kind === 'ship' && before[t.id] && Math.hypot(t.x"
                        + " - before[t.id].x, t.y - before[t.id].y) > 1).length > 10",
                SOON);
        press(browser, "Space", " ", false);
        browser.await("!replay.playing && replay.shown > 10", SOON);
        // Around the middle of the tape, faster: it comes back to where the loop begins.
        browser.evaluate("replay.goTo(200)");
        press(browser, "KeyL", "l", false);
        browser.evaluate(
                "(s => { s.value = '10'; s.dispatchEvent(new Event('change')); })"
                        + "(document.getElementById('speed'))");
        browser.click("#play");
        browser.await("replay.tick > 220", SOON);
        browser.await("replay.tick < 180", SOON);
        browser.click("#play");
        browser.click("#loop");
    }

    private static void jump(Browser browser) throws Exception {
        browser.evaluate("replay.goTo(1)");
        browser.await("replay.shown === 1", SOON);
        press(browser, "KeyE", "e", false);
        browser.await("replay.shown === " + FAULT_TICK, SOON);
        browser.await(
                "document.getElementById('happened-list').innerText.includes('planted fault')",
                SOON);
        browser.screenshot(SCREENSHOTS.resolve("timeline-fault.png"));
        press(browser, "Home", "Home", false);
        press(browser, "KeyN", "n", false);
        browser.await("replay.shown === 41", SOON);
        browser.await(
                "document.getElementById('happened-list').innerText.includes('login Ada')", SOON);
        browser.click("#next-slow");
        browser.await("replay.shown !== 41 && replay.shown > 0", SOON);
    }

    private static void plot(Browser browser) throws Exception {
        browser.evaluate("replay.goTo(200)");
        browser.await("replay.shown === 200", SOON);
        browser.evaluate("replay.select(replay.things().find((t) => t.kind === 'ship').id)");
        browser.await("document.querySelector('[data-field=\"Position.x\"]')", SOON);
        browser.click("[data-field=\"Position.x\"]");
        browser.await("replay.plotted && replay.plotted.ticks.length === " + TICKS, SOON);
        assertThat(
                        browser.evaluate(
                                        "new Set(replay.plotted.series[0].filter((v) => v !=="
                                                + " null)).size > 10")
                                .asBoolean())
                .isTrue();
        browser.screenshot(SCREENSHOTS.resolve("timeline-plot.png"));
        String deep = browser.evaluate("location.search").asString();
        assertThat(deep).contains("tick=200", "entity=", "field=Position.x");
        browser.reload();
        browser.await("window.replay?.shown === 200 && replay.plotted", SOON);
    }

    private static void open(Browser browser, PageServer server, String query)
            throws InterruptedException {
        browser.open(URI.create(server.address() + "replay.html" + query));
        browser.await("window.replay?.shown > 0 && replay.summary", SOON);
    }

    private static String text(Browser browser, String id) {
        return browser.evaluate("document.getElementById('" + id + "').textContent").asString();
    }

    private static void press(Browser browser, String code, String key, boolean isShifted) {
        browser.evaluate(
                ("document.dispatchEvent(new KeyboardEvent('keydown', {code: '%s', key: '%s',"
                                + " shiftKey: %s, bubbles: true}))")
                        .formatted(code, key, isShifted));
    }

    private static PageServer serve(TimelineApi api) {
        return PageServer.start(
                0, api.routes(), Map.of("/", "pages/"), TimelineTest.class.getClassLoader());
    }

    private void record(String name, int nudged) {
        try (RecordedRun run = RecordedRun.of(folder.resolve(name), load(nudged), 1)) {
            run.tick(40).login("Ada").tick(160).command("engine:kick Ada").snapshot();
            run.tick(TICKS - 200);
        }
    }

    private TapeSource source(String name, int nudged) {
        return TapeSource.of(
                TapeFile.list(folder.resolve(name)).getFirst(), setup -> load(nudged), 1);
    }

    private static LoadedPlugins load(int nudged) {
        PluginHost host = new PluginHost(true, Map.of("sol", Map.of("ships", 200, "objects", 300)));
        host.add(new SolPlugin(), PluginDescriptor.of("sol", SolPlugin.class));
        Plugin planted = planted(nudged);
        host.add(planted, PluginDescriptor.of("planted", planted.getClass()));
        return host.load();
    }

    /** Throws once, and pushes some entities aside. */
    private static Plugin planted(int nudged) {
        return registrar -> {
            registrar.system(
                    SystemSpec.of(
                            "fault",
                            Stage.UPKEEP,
                            Access.reading(PositionColumn.TYPE),
                            (rows, tick) -> {
                                if (tick.number() == FAULT_TICK) {
                                    throw new IllegalStateException("planted fault");
                                }
                            }));
            registrar.system(
                    SystemSpec.exclusive(
                            "nudge",
                            Stage.UPKEEP,
                            Access.reading(MotionColumn.TYPE).writing(PositionColumn.TYPE),
                            (sweep, tick) -> {
                                int left = tick.number() == NUDGE_TICK ? nudged : 0;
                                for (int i = 0; i < sweep.tables(); i++) {
                                    Rows rows = sweep.rows(i);
                                    double[] x = rows.write(PositionColumn.TYPE).x;
                                    for (int row = rows.from();
                                            row < rows.to() && left > 0;
                                            row++) {
                                        x[row] += 1_000;
                                        left--;
                                    }
                                }
                            }));
        };
    }
}
