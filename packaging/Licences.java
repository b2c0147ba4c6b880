import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Lists what a bill of materials (CycloneDX) names, by licence. Run with the distribution's jars on the class path. */
final class Licences {
    private Licences() {}

    public static void main(String[] arguments) throws Exception {
        JsonNode bill = new ObjectMapper().readTree(Files.readString(Path.of(arguments[0])));
        Map<String, List<String>> byLicence = new TreeMap<>();
        for (JsonNode component : bill.path("components")) {
            String name = component.path("group").asString() + ":" + component.path("name").asString();
            byLicence
                    .computeIfAbsent(licence(component), any -> new ArrayList<>())
                    .add(name + ":" + component.path("version").asString());
        }
        byLicence.forEach((licence, components) -> {
            System.out.println(licence);
            components.stream().sorted().forEach(component -> System.out.println("    " + component));
            System.out.println();
        });
        if (byLicence.isEmpty()) {
            throw new IllegalStateException(arguments[0] + " names no components");
        }
    }

    private static String licence(JsonNode component) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : component.path("licenses")) {
            String expression = each.path("expression").asString("");
            String id = each.path("license").path("id").asString("");
            String name = each.path("license").path("name").asString("");
            names.add(!expression.isEmpty() ? expression : !id.isEmpty() ? id : name);
        }
        return names.isEmpty() ? "no licence named" : String.join(", ", names);
    }
}
