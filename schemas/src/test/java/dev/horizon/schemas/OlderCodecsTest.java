package dev.horizon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients and gateways of different versions understand one another: codecs made from the schema
 * that version 1 had, beside those of today.
 */
class OlderCodecsTest {
    private static final String OLD_CODECS = "replication.version1";

    static List<Path> oldVectors() throws IOException {
        return vectors(Widened.OLD);
    }

    static List<Path> vectors() throws IOException {
        return vectors(GoldenVectors.FOLDER);
    }

    private static List<Path> vectors(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("replication-"))
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldLetAnOlderClientReadWhatWeSend(Path vector) throws Exception {
        Map<String, Object> description = description(vector);
        String template = (String) description.get("template");
        if (!isOld(template)) {
            return;
        }
        Map<String, Object> known = knownBefore(template, fields(description));
        assertThat(Codecs.decodeSome(OLD_CODECS, template, bytes(vector), known)).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("oldVectors")
    void shouldReadWhatAnOlderGatewaySends(Path vector) throws Exception {
        Map<String, Object> description = description(vector);
        String template = (String) description.get("template");
        Map<String, Object> fields = fields(description);
        byte[] sent = Codecs.encode(OLD_CODECS, template, fields);
        assertThat(sent).as("the saved codecs write the saved vectors").isEqualTo(bytes(vector));
        assertThat(Codecs.decodeSome("replication", template, sent, fields)).isEqualTo(fields);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldReadWhatALaterGatewayAppends(Path vector) throws Exception {
        Map<String, Object> description = description(vector);
        String template = (String) description.get("template");
        Map<String, Object> fields = fields(description);
        byte[] later = Widened.of(bytes(vector));
        assertThat(Codecs.decodeSome("replication", template, later, fields)).isEqualTo(fields);
        if (isOld(template)) {
            Map<String, Object> known = knownBefore(template, fields);
            assertThat(Codecs.decodeSome(OLD_CODECS, template, later, known)).isEqualTo(known);
        }
    }

    @Test
    void shouldKeepVectorsOfEveryOldMessage() throws IOException {
        List<String> templates = new ArrayList<>();
        for (Path vector : oldVectors()) {
            templates.add((String) description(vector).get("template"));
        }
        assertThat(templates).contains("Frame", "View", "Beacon", "Forget");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldHaveWrittenWhatReceiversAreHeldTo(Path vector) throws IOException {
        String name = vector.getFileName().toString().replace(".json", ".bin");
        assertThat(Files.readAllBytes(Widened.LATER.resolve(name)))
                .isEqualTo(Widened.of(bytes(vector)));
    }

    private static boolean isOld(String template) throws IOException {
        return Files.readString(Widened.OLD.resolveSibling("replication-1.xml"))
                .contains("<sbe:message name=\"" + template + "\"");
    }

    /** The fields that the old codecs have, of a vector of today. */
    private static Map<String, Object> knownBefore(String template, Map<String, Object> fields)
            throws ReflectiveOperationException {
        return Codecs.known(OLD_CODECS, template, fields);
    }

    private static byte[] bytes(Path vector) throws IOException {
        String name = vector.getFileName().toString().replace(".json", ".bin");
        return Files.readAllBytes(vector.resolveSibling(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> description(Path vector) throws IOException {
        return JsonMapper.shared().readValue(Files.readString(vector), Map.class);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Map<String, Object> description) {
        return (Map<String, Object>) plain(description.get("fields"));
    }

    /** All whole numbers as long, so that JSON's int equals a decoder's short. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(key, plain(each)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(OlderCodecsTest::plain).toList();
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
