package dev.horizon.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the golden vectors anew; run it by hand from {@code schemas} after a schema grew, and look
 * at the difference: a changed file of an old vector is a broken promise.
 */
public final class GoldenVectors {
    /** Where they are kept. */
    static final Path FOLDER = Path.of("src/main/resources/golden");

    private GoldenVectors() {}

    /** Writes {@code NAME.bin} and {@code NAME.json} for each. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : FOLDER;
        Files.createDirectories(folder);
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        for (Vectors.Vector vector : Vectors.all()) {
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("description", vector.description());
            description.put("schema", vector.schema());
            description.put("template", vector.template());
            description.put("fields", vector.fields());
            if (!vector.meaning().isEmpty()) {
                description.put("meaning", vector.meaning());
            }
            Files.write(
                    folder.resolve(vector.name() + ".bin"),
                    Codecs.encode(vector.schema(), vector.template(), vector.fields()));
            Files.writeString(
                    folder.resolve(vector.name() + ".json"),
                    mapper.writeValueAsString(description) + "\n");
        }
        Widened.writeAll();
    }
}
