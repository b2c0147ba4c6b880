package dev.horizon.tools.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeysTest {
    private static final Path REFERENCE = Path.of("../docs/configuration.md");

    /** Where the greatest value is the default, or is bounded by another key. */
    private static final Map<String, Object> OTHERS =
            Map.of("channels.sensor.attitude-error-degrees", 90.0, "channels.merge-below", 100L);

    static List<ConfigKey> keys() {
        return ConfigKey.of(HorizonConfig.class);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldChangeBoundRecordWhenSet(ConfigKey key) {
        Setting setting =
                new Setting(key.path(), another(key), new Origin.Environment(key.variable()));

        HorizonConfig changed = ConfigLoader.bind(List.of(setting)).config();

        assertThat(changed).isNotEqualTo(HorizonConfig.defaults());
    }

    /** What the gateway's record holds it applies: see GatewayKeysTest, which names the tests. */
    @ParameterizedTest
    @MethodSource("keysOfGateway")
    void shouldReachTheGatewayWhenSet(ConfigKey key) {
        Setting setting =
                new Setting(key.path(), another(key), new Origin.Environment(key.variable()));

        HorizonConfig changed = ConfigLoader.bind(List.of(setting)).config();

        assertThat(changed.gatewayConfig()).isNotEqualTo(HorizonConfig.defaults().gatewayConfig());
    }

    /** All but those that the process uses itself, before there is a gateway and after it. */
    static List<ConfigKey> keysOfGateway() {
        List<String> ofProcess =
                List.of(
                        "gateway.node",
                        "gateway.drain-timeout",
                        "gateway.ticket-key-file",
                        "gateway.ticket-key");
        return keys().stream()
                .filter(key -> key.path().startsWith("gateway."))
                .filter(key -> !ofProcess.contains(key.path()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("keysOfChannels")
    void shouldReachTheChannelsWhenSet(ConfigKey key) {
        Setting setting =
                new Setting(key.path(), another(key), new Origin.Environment(key.variable()));

        HorizonConfig changed = ConfigLoader.bind(List.of(setting)).config();

        assertThat(changed.channelConfig()).isNotEqualTo(HorizonConfig.defaults().channelConfig());
    }

    static List<ConfigKey> keysOfChannels() {
        return keys().stream().filter(key -> key.path().startsWith("channels.")).toList();
    }

    @Test
    void shouldMatchReferencePage() throws IOException {
        if (Boolean.getBoolean("horizon.docs.write")) {
            Files.writeString(REFERENCE, ConfigReference.markdown());
        }
        assertThat(Files.readString(REFERENCE))
                .as("write it anew with -Dhorizon.docs.write=true")
                .isEqualTo(ConfigReference.markdown());
    }

    /** A valid value that isn't the default. */
    private static Object another(ConfigKey key) {
        Range range = key.range();
        Object own = OTHERS.get(key.path());
        if (own != null) {
            return own;
        }
        if (key.type().contains(" | ")) {
            return List.of(key.type().split(" \\| ")).stream()
                    .filter(constant -> !constant.equals(key.defaultText()))
                    .findFirst()
                    .orElseThrow();
        }
        if (key.type().startsWith("duration") && range != null) {
            return (long) range.max() + "s";
        }
        if (range != null) {
            return key.type().equals("number") ? (Object) range.max() : (long) range.max();
        }
        return switch (key.type()) {
            case "whole number" -> 424_242L;
            case "list of tables" -> List.of(Map.of("id", 5));
            case "list" -> List.of("http://elsewhere");
            default -> "elsewhere";
        };
    }
}
