package dev.horizon.tools.plugin;

import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a new plugin's project: one component, system, handler and event, settings, tests, and a
 * Maven build that needs nothing installed, since it takes the engine's jars from where they lie.
 */
public final class Scaffold {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int NAME_LENGTH_MAX = 32;
    private static final String JUNIT = "6.1.3";
    private static final String ASSERTJ = "3.27.7";

    /** Libraries that a plugin's code sees, by the beginning of their jars' names. */
    static final List<String> API =
            List.of("horizon-engine", "horizon-ecs-systems", "agrona", "jspecify");

    /** What the test kit needs beside. */
    static final List<String> TESTS =
            List.of("horizon-schemas", "dominion-ecs-api", "dominion-ecs-engine", "HdrHistogram");

    private final List<Path> api;
    private final List<Path> tests;
    private final Path processor;
    private final Path home;

    /**
     * Of the jars that a project is built against.
     *
     * @param home of the distribution
     * @param api what the plugin sees
     * @param tests what its tests see beside
     * @param processor makes columns of component records
     */
    public Scaffold(Path home, List<Path> api, List<Path> tests, Path processor) {
        this.home = home;
        this.api = List.copyOf(api);
        this.tests = List.copyOf(tests);
        this.processor = processor;
    }

    /** Of the distribution that this process was started from. */
    public static Scaffold ofDistribution() {
        Path home = Sdk.home();
        return new Scaffold(
                home,
                Sdk.named(home.resolve("lib"), API),
                Stream.concat(
                                Sdk.named(home.resolve("sdk"), List.of("horizon-test-kit"))
                                        .stream(),
                                Sdk.named(home.resolve("lib"), TESTS).stream())
                        .toList(),
                Sdk.named(home.resolve("sdk"), List.of("horizon-component-processor")).getFirst());
    }

    /**
     * Writes the project.
     *
     * @param name of the plugin
     * @param parent folder that the project's folder is made in
     * @return the project's folder
     * @throws HorizonException HZ-DEV-005 when the name is none, HZ-DEV-006 when the folder is
     *     there
     */
    public Path write(String name, Path parent) {
        if (!NAME.matcher(name).matches()
                || name.length() > NAME_LENGTH_MAX
                || name.equals("engine")) {
            throw new HorizonException(
                    "HZ-DEV-005",
                    "'"
                            + name
                            + "' is no plugin name; use up to 32 lower-case letters, digits and"
                            + " dashes, such as trade-routes");
        }
        Path project = parent.resolve(name);
        if (Files.exists(project)) {
            throw new HorizonException(
                    "HZ-DEV-006", project + " is there already; choose another name or folder");
        }
        String packageName = "plugins." + name.replace("-", "");
        String code = packageName.replace('.', '/');
        String main = mainClass(name);
        Map<String, String> words = words(name, packageName, main);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", "pom.xml");
        files.put("README.md", "README.md");
        files.put("src/main/resources/" + PluginDescriptor.PATH, "descriptor.properties");
        files.put("src/main/java/" + code + "/Beacon.java", "Beacon.java");
        files.put("src/main/java/" + code + "/Settings.java", "Settings.java");
        files.put("src/main/java/" + code + "/Hello.java", "Hello.java");
        files.put("src/main/java/" + code + "/" + main + ".java", "Main.java");
        files.put("src/test/java/" + code + "/" + main + "Test.java", "MainTest.java");
        files.forEach((file, template) -> write(project.resolve(file), filled(template, words)));
        return project;
    }

    private static String mainClass(String name) {
        StringBuilder main = new StringBuilder();
        for (String part : name.split("-")) {
            main.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return main.append("Plugin").toString();
    }

    private Map<String, String> words(String name, String packageName, String main) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("NAME", name);
        words.put("CLASS", main);
        words.put("PACKAGE", packageName);
        words.put("API", PluginDescriptor.API_VERSION.toString());
        words.put("HOME", home.toString());
        words.put("JDK", System.getProperty("java.home"));
        words.put("JUNIT", JUNIT);
        words.put("ASSERTJ", ASSERTJ);
        words.put("PROCESSOR", inHome(processor));
        words.put("DEPENDENCIES", dependencies());
        return words;
    }

    /** Jars where they lie: nothing has to be installed, and none of them can be out of date. */
    private String dependencies() {
        StringBuilder text = new StringBuilder();
        for (Path jar : api) {
            append(text, jar);
        }
        for (Path jar : tests) {
            append(text, jar);
        }
        return text.toString().stripTrailing();
    }

    private void append(StringBuilder text, Path jar) {
        String file = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        text.append("        <dependency>\n")
                .append("            <groupId>horizon.distribution</groupId>\n")
                .append("            <artifactId>")
                .append(file)
                .append("</artifactId>\n")
                .append("            <version>0</version>\n")
                .append("            <scope>system</scope>\n")
                .append("            <systemPath>")
                .append(inHome(jar))
                .append("</systemPath>\n")
                .append("        </dependency>\n");
    }

    private String inHome(Path jar) {
        return jar.startsWith(home)
                ? "${horizon.home}/" + home.relativize(jar)
                : jar.toAbsolutePath().toString();
    }

    private static String filled(String template, Map<String, String> words) {
        try (InputStream in =
                Objects.requireNonNull(
                        Scaffold.class.getResourceAsStream("/scaffold/" + template), template)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replace("@" + word.getKey() + "@", word.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-DEV-004", file + " can't be written; check the folder's rights", e);
        }
    }
}
