package dev.horizon.tools.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import dev.horizon.engine.host.Dependency;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.planted.UphillEngine;
import dev.horizon.plugins.planted.NosyPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies point one way: a room knows those above it in this list and none below. */
@Tag("architecture")
class DownhillTest {
    private static final List<String> ROOMS =
            List.of(
                    "dev.horizon.schemas..",
                    "dev.horizon.engine..",
                    "dev.horizon.ecs..",
                    "dev.horizon.net..",
                    "dev.horizon.mesh..",
                    "dev.horizon.testkit..",
                    "dev.horizon.tools..");

    private static final String PLUGINS = "dev.horizon.plugins..";

    private static final String[] API = {
        "dev.horizon.engine.world..",
        "dev.horizon.engine.systems..",
        "dev.horizon.engine.events..",
        "dev.horizon.engine.plugin..",
        "dev.horizon.ecs..",
        PLUGINS
    };

    static Stream<ArchRule> downhill() {
        return IntStream.range(0, ROOMS.size() - 1)
                .mapToObj(room ->
                        noClasses()
                                .that()
                                .resideInAPackage(ROOMS.get(room))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(below(room))
                                .because("dependencies point downhill")
                                .allowEmptyShould(true));
    }

    private static String[] below(int room) {
        return Stream.concat(
                        ROOMS.subList(room + 1, ROOMS.size()).stream(),
                        Stream.of(PLUGINS, "dev.horizon.perf.."))
                .toArray(String[]::new);
    }

    private static ArchRule pluginsSeeTheApiAlone() {
        DescribedPredicate<JavaClass> ours = JavaClass.Predicates.resideInAPackage("dev.horizon..");
        return noClasses()
                .that()
                .resideInAPackage(PLUGINS)
                .should()
                .dependOnClassesThat(
                        ours.and(
                                DescribedPredicate.not(
                                        JavaClass.Predicates.resideInAnyPackage(API))))
                .because("a plugin compiles against the API packages of engine and ecs-systems")
                .allowEmptyShould(true);
    }

    @ParameterizedTest
    @MethodSource("downhill")
    void shouldKnowOnlyRoomsAbove(ArchRule rule) {
        rule.check(House.classes());
    }

    @Test
    void shouldLetPluginsSeeTheApiAlone() {
        pluginsSeeTheApiAlone().check(House.classes());
    }

    /** A plugin knows those that its descriptor names, which are set up before it; in no circle. */
    @Test
    void shouldKeepPluginsApartFromThoseThatTheyDoNotName() throws IOException {
        SliceRule apart =
                slices().matching("dev.horizon.plugins.(*)..").should().notDependOnEachOther();
        Map<String, PluginDescriptor> all = descriptors();
        assertThat(all).containsKeys("sol", "economy", "market");
        for (PluginDescriptor plugin : all.values()) {
            for (Dependency named : plugin.dependencies()) {
                PluginDescriptor other = all.get(named.name());
                assertThat(other).as("%s needs %s", plugin.name(), named.name()).isNotNull();
                apart =
                        apart.ignoreDependency(
                                JavaClass.Predicates.resideInAPackage(room(plugin)),
                                JavaClass.Predicates.resideInAPackage(room(other)));
            }
        }
        apart.check(House.classes());
        slices().matching("dev.horizon.plugins.(*)..")
                .should()
                .beFreeOfCycles()
                .check(House.classes());
    }

    private static String room(PluginDescriptor plugin) {
        return plugin.main().substring(0, plugin.main().lastIndexOf('.')) + "..";
    }

    private static Map<String, PluginDescriptor> descriptors() throws IOException {
        Map<String, PluginDescriptor> all = new HashMap<>();
        ClassLoader loader = DownhillTest.class.getClassLoader();
        for (URL url : loader.resources(PluginDescriptor.PATH).toList()) {
            Properties properties = new Properties();
            try (InputStream in = url.openStream()) {
                properties.load(in);
            }
            PluginDescriptor plugin = PluginDescriptor.read(properties, url.toString());
            all.put(plugin.name(), plugin);
        }
        return all;
    }

    @Test
    void shouldImportEveryRoom() {
        for (String room : ROOMS.subList(0, 5)) {
            assertThat(House.classes().that(JavaClass.Predicates.resideInAPackage(room)).size())
                    .as("classes in %s", room)
                    .isPositive();
        }
    }

    @Test
    void shouldFailWhenTheEngineKnowsTheNet() {
        ArchRule engine = downhill().toList().get(1);
        assertThatThrownBy(() ->
                        engine.check(new ClassFileImporter().importClasses(UphillEngine.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UphillEngine");
    }

    @Test
    void shouldFailWhenAPluginKnowsTheEnginesOwnRooms() {
        assertThatThrownBy(() ->
                        pluginsSeeTheApiAlone()
                                .check(new ClassFileImporter().importClasses(NosyPlugin.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NosyPlugin");
    }
}
