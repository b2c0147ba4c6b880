package dev.horizon.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.plugin.HorizonException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBinderTest {
    enum Mood {
        CALM,
        VERY_ANGRY
    }

    record Limits(@Default("3") int perSecond, @Default("0.5") double share) {
        Limits {
            if (perSecond < 1) {
                throw new IllegalArgumentException("per-second is below 1");
            }
        }
    }

    record Settings(
            String name,
            @Default("20") int tickHz,
            @Default("very-angry") Mood mood,
            @Default("250ms") Duration pause,
            @Default("true") boolean loud,
            Limits limits,
            List<Limits> more,
            @Default("a, b") List<String> words) {}

    @Test
    void shouldTakeDefaultsWhereNothingIsSet() {
        Settings settings = ConfigBinder.bind(Settings.class, Map.of("name", "x"), "node");

        assertThat(settings)
                .isEqualTo(
                        new Settings(
                                "x",
                                20,
                                Mood.VERY_ANGRY,
                                Duration.ofMillis(250),
                                true,
                                new Limits(3, 0.5),
                                List.of(),
                                List.of("a", "b")));
    }

    @Test
    void shouldBindNestedTablesListsAndText() {
        Settings settings =
                ConfigBinder.bind(
                        Settings.class,
                        Map.of(
                                "name", "x",
                                "tick-hz", "1_00",
                                "mood", "calm",
                                "loud", "false",
                                "limits", Map.of("share", 1, "per-second", 7L),
                                "more", List.of(Map.of(), Map.of("per-second", 9))),
                        "node");

        assertThat(settings.tickHz()).isEqualTo(100);
        assertThat(settings.mood()).isEqualTo(Mood.CALM);
        assertThat(settings.loud()).isFalse();
        assertThat(settings.limits()).isEqualTo(new Limits(7, 1.0));
        assertThat(settings.more()).containsExactly(new Limits(3, 0.5), new Limits(9, 0.5));
    }

    @Test
    void shouldSuggestTheNearestKeyWhenOneIsUnknown() {
        assertThatThrownBy(() ->
                        ConfigBinder.bind(
                                Settings.class, Map.of("name", "x", "tick-hs", 1), "node"))
                .isInstanceOf(HorizonException.class)
                .hasMessage("unknown key 'node.tick-hs'; did you mean 'node.tick-hz'?")
                .extracting("code")
                .isEqualTo("HZ-CFG-001");
    }

    @ParameterizedTest
    @CsvSource({
        "tick-hz, abc, HZ-CFG-002",
        "tick-hz, 99999999999, HZ-CFG-002",
        "mood, sad, HZ-CFG-002",
        "pause, soon, HZ-CFG-002",
        "loud, yes, HZ-CFG-002",
        "limits, 3, HZ-CFG-002"
    })
    void shouldNameTheKeyWhenAValueDoesNotFit(String key, String value, String code) {
        assertThatThrownBy(() ->
                        ConfigBinder.bind(Settings.class, Map.of("name", "x", key, value), "node"))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("'node." + key + "'")
                .extracting("code")
                .isEqualTo(code);
    }

    @Test
    void shouldAskForAValueThatHasNoDefault() {
        assertThatThrownBy(() -> ConfigBinder.bind(Settings.class, Map.of(), "node"))
                .hasMessageContaining("'node.name' is not set")
                .extracting("code")
                .isEqualTo("HZ-CFG-003");
    }

    @Test
    void shouldPassOnWhyTheRecordRefuses() {
        assertThatThrownBy(() -> ConfigBinder.bind(Limits.class, Map.of("per-second", 0), "limits"))
                .hasMessageContaining("per-second is below 1")
                .extracting("code")
                .isEqualTo("HZ-CFG-004");
    }
}
