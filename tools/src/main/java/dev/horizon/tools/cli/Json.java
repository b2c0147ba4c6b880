package dev.horizon.tools.cli;

import java.io.PrintWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON for {@code --json}: one object, indented, fields in order of declaration. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .build();

    private Json() {}

    /** The text of it. */
    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static void print(PrintWriter out, Object value) {
        out.println(text(value));
        out.flush();
    }
}
