package dev.horizon.tools.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.edge.EdgeConfig;
import dev.horizon.net.streams.TransportKind;
import dev.horizon.tools.config.LoadedConfig.EffectiveValue;
import dev.horizon.tools.config.NodeSettings.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir Path folder;

    @Test
    void shouldTakeFlagOverEnvironmentOverFileOverDefault() throws IOException {
        Path file = file("[node]\ntick-hz = 10\nthreads = 2\nseed = 7\n");
        Map<String, String> environment =
                Map.of("HORIZON_NODE__TICK_HZ", "15", "HORIZON_NODE__THREADS", "3");
        List<Setting> flags =
                List.of(new Setting("node.tick-hz", "30", new Origin.Flag("--tick-hz")));

        LoadedConfig loaded = ConfigLoader.load(flags, environment, file);

        NodeSettings node = loaded.config().node();
        assertThat(node.tickHz()).isEqualTo(30);
        assertThat(node.threads()).isEqualTo(3);
        assertThat(node.seed()).isEqualTo(7);
        assertThat(node.starSystem()).isEqualTo("sol");
        assertThat(origin(loaded, "node.tick-hz")).isEqualTo("flag --tick-hz");
        assertThat(origin(loaded, "node.threads")).isEqualTo("environment HORIZON_NODE__THREADS");
        assertThat(origin(loaded, "node.seed")).isEqualTo(file + ":4");
        assertThat(origin(loaded, "node.star-system")).isEqualTo("default");
    }

    @Test
    void shouldRefuseUnknownKeyOfFileWithSuggestionAndLine() throws IOException {
        Path file = file("# a comment\n[node]\n\ntik-hz = 10\n");

        assertThatThrownBy(() -> ConfigLoader.load(List.of(), Map.of(), file))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        fault -> assertThat(fault.code()).isEqualTo("HZ-CFG-001"))
                .hasMessageContaining("'node.tik-hz'")
                .hasMessageContaining(file + ":4")
                .hasMessageContaining("did you mean 'node.tick-hz'");
    }

    @Test
    void shouldRefuseUnknownVariableByName() {
        assertThatThrownBy(() -> environment("HORIZON_NODE__TICK_HERTZ", "10"))
                .hasMessageContaining("environment HORIZON_NODE__TICK_HERTZ");
    }

    @Test
    void shouldRefuseUnknownSection() throws IOException {
        Path file = file("[gatewya]\nidle-timeout = \"5s\"\n");

        assertThatThrownBy(() -> ConfigLoader.load(List.of(), Map.of(), file))
                .hasMessageContaining("did you mean 'gateway.idle-timeout'");
    }

    @Test
    void shouldSayWhereValueOfWrongTypeStands() throws IOException {
        Path file = file("[node]\nseed = 3\ntick-hz = \"fast\"\n");

        assertThatThrownBy(() -> ConfigLoader.load(List.of(), Map.of(), file))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        fault -> assertThat(fault.code()).isEqualTo("HZ-CFG-002"))
                .hasMessageContaining("'node.tick-hz' is 'fast'")
                .hasMessageContaining(file + ":3");
    }

    @Test
    void shouldRefuseValueOutOfRange() {
        assertThatThrownBy(() -> environment("HORIZON_NODE__TICK_HZ", "121"))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        fault -> assertThat(fault.code()).isEqualTo("HZ-CFG-004"))
                .hasMessageContaining("1 to 120")
                .hasMessageContaining("HORIZON_NODE__TICK_HZ");
    }

    @Test
    void shouldSayThatFileIsMissing() {
        assertThatThrownBy(
                        () -> ConfigLoader.load(List.of(), Map.of(), folder.resolve("none.toml")))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        fault -> assertThat(fault.code()).isEqualTo("HZ-CFG-005"));
    }

    @Test
    void shouldSayOnWhichLineTomlBreaks() throws IOException {
        Path file = file("[node]\nseed = \n");

        assertThatThrownBy(() -> ConfigLoader.load(List.of(), Map.of(), file))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        fault -> assertThat(fault.code()).isEqualTo("HZ-CFG-006"))
                .hasMessageContaining(file + ":2");
    }

    @Test
    void shouldKeepPluginTreesFree() throws IOException {
        Path file = file("[plugins.sol]\nships = 500\n");

        LoadedConfig loaded =
                ConfigLoader.load(List.of(), Map.of("HORIZON_PLUGINS__SOL__BELT_ROCKS", "9"), file);

        assertThat(loaded.config().plugins())
                .isEqualTo(Map.of("sol", Map.of("ships", 500, "belt-rocks", "9")));
        assertThat(origin(loaded, "plugins.sol.ships")).isEqualTo(file + ":2");
    }

    @Test
    void shouldReadRegionTables() throws IOException {
        Path file =
                file(
                        "[[node.regions]]\nid = 1\nmax-x = 0.0\n\n[[node.regions]]\nid = 2\n"
                                + "min-x = 0.0\nepoch = 4\n");

        List<RegionSettings> regions =
                ConfigLoader.load(List.of(), Map.of(), file).config().node().regions();

        assertThat(regions).extracting(RegionSettings::id).containsExactly(1, 2);
        assertThat(regions.get(1).epoch()).isEqualTo(4);
        assertThat(regions.get(0).maxX()).isZero();
    }

    @Test
    void shouldHandSettingsToThePartsThatUseThem() {
        HorizonConfig config =
                ConfigLoader.bind(
                                List.of(
                                        flag("node.tick-hz", "10"),
                                        flag("capture.held-ticks-max", "7"),
                                        flag("capture.keep-megabytes", "100"),
                                        flag("profiles.checkpoint", "9s"),
                                        flag("profiles.players-expected", "5000"),
                                        flag("gateway.hello-timeout", "250ms"),
                                        flag("gateway.strangers-max", "11"),
                                        flag("gateway.interest-ticks", "2"),
                                        flag("gateway.close-max", "24"),
                                        flag("gateway.close-min", "12"),
                                        flag("gateway.medium-max", "300"),
                                        flag("gateway.session-bytes-per-second", "6144"),
                                        flag("gateway.why-history", "9"),
                                        flag("channels.low.radius-metres", "50000"),
                                        flag("streams.per-tier", "4"),
                                        flag("plugins.sol.ships", "3")))
                        .config();

        assertThat(config.tickConfig().tickHz()).isEqualTo(10);
        assertThat(config.tickConfig().heldTicksMax()).isEqualTo(7);
        assertThat(config.tickConfig().checkpointSeconds()).isEqualTo(9);
        assertThat(config.capture().tickLogConfig().keepBytes()).isEqualTo(100L << 20);
        assertThat(config.profiles().storeConfig().playersExpected()).isEqualTo(5_000);
        assertThat(config.gatewayConfig().timeouts().helloMillis()).isEqualTo(250);
        assertThat(config.gatewayConfig().limits().strangersMax()).isEqualTo(11);
        assertThat(config.gatewayConfig().near())
                .isEqualTo(new EdgeConfig(2, 24, 12, 300, 6_144, 9));
        assertThat(config.channelConfig().low().radiusMetres()).isEqualTo(50_000);
        assertThat(config.channelConfig().streamsPerTier()).isEqualTo(4);
        assertThat(config.streams().transportConfig(TransportKind.IPC).streamsPerTier())
                .isEqualTo(4);
        assertThat(config.pluginTrees()).isEqualTo(Map.of("sol", Map.of("ships", "3")));
    }

    private static Setting flag(String path, String value) {
        return new Setting(path, value, new Origin.Flag("--set"));
    }

    @Test
    void shouldIgnoreVariablesOfLauncher() {
        LoadedConfig loaded = environment("HORIZON_JAVA_HOME", "/somewhere");

        assertThat(loaded.config()).isEqualTo(HorizonConfig.defaults());
    }

    @Test
    void shouldNeverShowSecrets() {
        LoadedConfig loaded = environment("HORIZON_GATEWAY__TICKET_KEY", "hush");

        assertThat(loaded.config().gateway().ticketKey()).isEqualTo("hush");
        assertThat(loaded.values().toString()).doesNotContain("hush").contains("(set)");
    }

    @Test
    void shouldReadConstantsInAnyCase() {
        assertThat(environment("HORIZON_NODE__PROFILE", "production").config().node().profile())
                .isEqualTo(Profile.PRODUCTION);
    }

    private static LoadedConfig environment(String name, String value) {
        return ConfigLoader.load(List.of(), Map.of(name, value), null);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("horizon.toml"), text);
    }

    private static String origin(LoadedConfig loaded, String path) {
        return loaded.values().stream()
                .filter(value -> value.path().equals(path))
                .map(EffectiveValue::origin)
                .map(Origin::describe)
                .findFirst()
                .orElseThrow();
    }
}
