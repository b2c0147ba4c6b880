package dev.horizon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The files say what the codecs say: bytes to fields, fields to bytes. */
class GoldenVectorTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(GoldenVectors.FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .sorted()
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> description(String name) throws IOException {
        return MAPPER.readValue(
                Files.readString(GoldenVectors.FOLDER.resolve(name + ".json")), Map.class);
    }

    @ParameterizedTest
    @MethodSource("names")
    @SuppressWarnings("unchecked")
    void shouldDecodeAndEncodeTheSame(String name) throws Exception {
        Map<String, Object> description = description(name);
        String schema = (String) description.get("schema");
        String template = (String) description.get("template");
        Map<String, Object> fields = (Map<String, Object>) description.get("fields");
        byte[] message = Files.readAllBytes(GoldenVectors.FOLDER.resolve(name + ".bin"));

        assertThat(plain(Codecs.decode(schema, template, message, fields)))
                .isEqualTo(plain(fields));
        assertThat(Codecs.encode(schema, template, fields)).isEqualTo(message);
    }

    /** All whole numbers as long, so that JSON's int equals a decoder's short. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(key, plain(each)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(each -> plain.add(plain(each)));
            return plain;
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    @Test
    void shouldHaveAVectorForEveryMessage() throws IOException {
        Set<String> messages = new TreeSet<>();
        for (String schema : List.of("session", "replication", "ticklog", "mesh", "standby")) {
            String xml = Files.readString(Path.of("src/main/resources/sbe", schema + ".xml"));
            Matcher matcher = Pattern.compile("<sbe:message name=\"(\\w+)\"").matcher(xml);
            while (matcher.find()) {
                messages.add(schema + "." + matcher.group(1));
            }
        }
        Set<String> covered = new TreeSet<>();
        for (String name : names()) {
            Map<String, Object> description = description(name);
            covered.add(description.get("schema") + "." + description.get("template"));
        }
        assertThat(covered).isEqualTo(messages);
    }

    @Test
    void shouldBeWhatTheGeneratorWrites() throws IOException {
        assertThat(names())
                .isEqualTo(Vectors.all().stream().map(Vectors.Vector::name).sorted().toList());
    }
}
