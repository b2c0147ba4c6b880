package dev.horizon.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.fuzz.Fuzz;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionParserTest {
    /** A condition of up to some thirty words. */
    private static final long ALLOCATED_MAX = 256 << 10;

    /** By place: Hull.points and Hull.points, and longer ones. */
    private static final byte[][] CHOICES = {
        {1, 2, 1},
        {4, 5, 1, 6},
        {0, 7, 13, 2, 5, 1, 6, 9, 11},
        {0, 9, 20, 3, 4, 1, 2, 1, 6},
        new byte[40]
    };

    private static final Map<String, Map<String, ?>> PIRATE =
            Map.of(
                    "Hull", Map.of("points", 7.5f, "max", 100, "breached", true),
                    "Identity", Map.of("faction", "PIRATES", "name", "Black Wake"),
                    "Sensor", Map.of("hostile", "1:42", "ranges", List.of(5, 50)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Hull.points < 10 | true",
                "Hull.points<7.5 | false",
                "Hull.points <= 7.5 | true",
                "Hull.max == 1e2 | true",
                "Hull.points > -1 | true",
                "Hull.breached == true | true",
                "Hull.breached != true | false",
                "Identity.faction == pirates | true",
                "Identity.name ~ 'wake' | true",
                "Identity.name = \"Black Wake\" | true",
                "Sensor.hostile == 1:42 | true",
                "Sensor.hostile == 1:43 | false",
                "Sensor.ranges >= 50 | true",
                "Hull and not Shield | true",
                "Shield or Hull.points > 50 | false",
                "Shield.points < 10 | false",
                "Hull.nothing < 10 | false",
                "Shield and Shield or Hull | true",
                "Shield and (Shield or Hull) | false",
                "!(Hull.points > 50) && Identity | true",
            })
    void shouldDecide(String text, boolean holds) {
        assertThat(ConditionParser.parse(text).holds(PIRATE)).isEqualTo(holds);
    }

    @Test
    void shouldNameComponentsThatItReads() {
        assertThat(ConditionParser.parse("Hull.points < 1 or (Identity and not Fuel)").components())
                .containsExactly("Fuel", "Hull", "Identity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Hull.points < 1 and Fuel | Fuel,Hull",
                "Hull or Fuel | ``",
                "Hull and Fuel or Hull and Shield | Hull",
                "Hull and not Fuel | Hull",
            })
    void shouldRequireOnlyWhatEveryMatchHas(String text, String required) {
        assertThat(String.join(",", ConditionParser.parse(text).required())).isEqualTo(required);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Hull.points < | its end",
                "Hull.points 10 | character 13",
                "Hull.points < 10 Identity | character 18",
                "(Hull | ')'",
                "10 < Hull.points | a component",
                "Hull.points # 3 | character 13",
                "and | stops making sense",
            })
    void shouldSayWhereItStopsMakingSense(String text, String part) {
        assertThatThrownBy(() -> ConditionParser.parse(text))
                .isInstanceOfSatisfying(
                        HorizonException.class,
                        fault -> assertThat(fault.code()).isEqualTo("HZ-CLI-003"))
                .hasMessageContaining(part);
    }

    @Test
    void shouldBoundDepthAndLength() {
        assertThatThrownBy(() -> ConditionParser.parse("(".repeat(100) + "Hull"))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> ConditionParser.parse("x".repeat(3_000)))
                .hasMessageContaining("longer than");
    }

    /** Conditions come over the node's API. */
    @Test
    void shouldReadOrRefuseAnyText() {
        String[] words = {
            "Hull.points",
            "Hull",
            "and",
            "or",
            "not",
            "(",
            ")",
            "<",
            ">=",
            "==",
            "~",
            "&&",
            "||",
            "1:42",
            "99999999999999999999:1",
            "1e999",
            "-.5",
            "'wake'",
            "\"",
            "'",
            " ",
            "\u0000",
            "%"
        };
        Fuzz.Outcome outcome =
                Fuzz.of("conditions", List.of(CHOICES))
                        .allocatingAtMost(ALLOCATED_MAX)
                        .run(choices -> {
                            StringBuilder text = new StringBuilder();
                            for (byte choice : choices) {
                                text.append(words[Byte.toUnsignedInt(choice) % words.length])
                                        .append(' ');
                            }
                            try {
                                ConditionParser.parse(text.toString()).holds(PIRATE);
                                return true;
                            } catch (HorizonException e) {
                                assertThat(e.code()).startsWith("HZ-CLI-");
                                return false;
                            }
                        });
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }
}
