package dev.horizon.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginHostTest {
    private static final String BASE =
            "package base; public class Base implements Plugin {"
                    + " public record Told(String word) {}"
                    + " public record Settings(@Default(\"3\") int size) {}"
                    + " public void setup(Registrar r) {"
                    + "   int size = r.config(Settings.class).size();"
                    + "   r.events().onPlugin(Told.class, (e, c) -> {});"
                    + "   r.command(new CommandSpec(\"size\", \"\", \"Says it.\", (a, c) -> \"\" + size));"
                    + "   r.system(SystemSpec.of(\"idle\", Stage.MOVE, Access.none(), (rows, tick) -> {}));"
                    + " } }";
    private static final String TOP =
            "package top; public class Top implements Plugin {"
                    + " public void setup(Registrar r) {"
                    + "   r.events().onPlugin(base.Base.Told.class, (e, c) -> {});"
                    + " } }";

    @TempDir Path folder;
    private final JarMaker maker = new JarMaker();

    private Path base() {
        return make("base.jar", JarMaker.descriptor("base", "base.Base"), "Base", BASE);
    }

    private Path make(String file, String descriptor, String className, String source) {
        return maker.make(folder.resolve(file), descriptor, className, source);
    }

    @Test
    void shouldLoadAFolderInOrderOfDependency() {
        base();
        make(
                "a-top.jar",
                JarMaker.descriptor("a-top", "top.Top", "dependencies=base >=1.0 <2"),
                "Top",
                TOP);

        LoadedPlugins loaded = load(Map.of("base", Map.of("size", 9)));

        assertThat(loaded.rejected()).isEmpty();
        assertThat(loaded.plugins())
                .extracting(p -> p.descriptor().name())
                .containsExactly("base", "a-top");
        assertThat(loaded.plugins().getFirst().sha256()).hasSize(64);
        assertThat(loaded.systems())
                .singleElement()
                .satisfies(s -> assertThat(s.plugin()).isEqualTo("base"));
        assertThat(loaded.commands())
                .singleElement()
                .satisfies(c -> assertThat(c.name()).isEqualTo("base:size"));
        assertThat(
                        loaded.commands()
                                .getFirst()
                                .spec()
                                .action()
                                .getClass()
                                .getClassLoader()
                                .getName())
                .isEqualTo("plugin base");
    }

    @Test
    void shouldRefuseUnknownKeysOfAPluginsTable() {
        base();

        assertCode(
                "HZ-CFG-001", () -> load(Map.of("base", Map.of("sise", 9))), "plugins.base.size");
        assertCode("HZ-CFG-001", () -> load(Map.of("bass", Map.of())), "plugins.base");
    }

    @Test
    void shouldLeaveOutABrokenJarAndGoOn() throws IOException {
        base();
        Files.write(folder.resolve("broken.jar"), new byte[] {1, 2, 3});
        JarMaker.write(folder.resolve("library.jar"), Map.of("x.txt", new byte[1]));
        JarMaker.write(
                folder.resolve("garbage.jar"),
                Map.of(
                        PluginDescriptor.PATH,
                        JarMaker.descriptor("garbage", "x.X").getBytes(),
                        "x/X.class",
                        new byte[] {1, 2, 3}));

        LoadedPlugins loaded = load(Map.of());

        assertThat(loaded.plugins()).hasSize(1);
        assertThat(loaded.rejected())
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.reason().code()).isEqualTo("HZ-PLG-001"));
    }

    @Test
    void shouldRefuseTheStartForABrokenJarWhenStrict() throws IOException {
        Files.write(folder.resolve("broken.jar"), new byte[] {1, 2, 3});

        assertCode(
                "HZ-PLG-001",
                () -> new PluginHost(true, Map.of()).scan(List.of(folder)),
                "broken.jar",
                "build it again");
    }

    @Test
    void shouldRefuseTwoPluginsOfOneName() {
        base();
        make("other.jar", JarMaker.descriptor("base", "base.Base"), "Base", BASE);

        assertCode("HZ-PLG-003", () -> load(Map.of()), "base.jar", "other.jar");
    }

    @Test
    void shouldRefuseTwoOfOneNameInOneChange() {
        PluginHost host = new PluginHost(true, Map.of());
        host.scan(List.of(base()));
        host.load();
        Path next = make("next.jar", JarMaker.descriptor("base", "base.Base"), "Base", BASE);
        Path other = make("other.jar", JarMaker.descriptor("base", "base.Base"), "Base", BASE);

        assertCode("HZ-PLG-003", () -> host.propose(List.of(next, other)), "next.jar", "other.jar");
        assertThat(host.propose(List.of(next)).plugins()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=Bad Name",
                "version=one",
                "api-version=",
                "main=",
                "dependencies=x ~3"
            })
    void shouldSayWhichKeyOfADescriptorDoesNotFit(String line) {
        make("bad.jar", JarMaker.descriptor("bad", "base.Base") + "\n" + line, "Base", BASE);

        assertRejected("HZ-PLG-002", "bad.jar");
    }

    @Test
    void shouldLeaveOutWhatIsMadeForAnotherApi() {
        make("new.jar", JarMaker.descriptor("new", "base.Base", "api-version=0.2"), "Base", BASE);

        assertRejected("HZ-PLG-004", "0.2.0", "0.1.0");
    }

    @Test
    void shouldLeaveOutWhatLacksADependencyAndWhatNeedsThat() {
        base();
        make(
                "top.jar",
                JarMaker.descriptor("top", "top.Top", "dependencies=base,absent"),
                "Top",
                TOP);
        make(
                "roof.jar",
                JarMaker.descriptor("roof", "top.Top", "dependencies=top,base"),
                "Top",
                TOP);

        assertThat(load(Map.of()).rejected())
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.reason().code()).isEqualTo("HZ-PLG-005"));
    }

    @Test
    void shouldLeaveOutWhatNeedsAnotherVersion() {
        base();
        make("top.jar", JarMaker.descriptor("top", "top.Top", "dependencies=base >=2"), "Top", TOP);

        assertRejected("HZ-PLG-006", ">=2.0.0", "1.2.3");
    }

    @Test
    void shouldLeaveOutACircle() {
        make("a.jar", JarMaker.descriptor("a", "base.Base", "dependencies=b"), "Base", BASE);
        make("b.jar", JarMaker.descriptor("b", "base.Base", "dependencies=a"), "Base", BASE);

        assertThat(load(Map.of()).rejected())
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.reason().code()).isEqualTo("HZ-PLG-007"));
    }

    @Test
    void shouldLeaveOutAMainClassThatIsNone() {
        make("bad.jar", JarMaker.descriptor("bad", "base.Absent"), "Base", BASE);
        make("worse.jar", JarMaker.descriptor("worse", "base.Base$Told"), "Base", BASE);

        assertThat(load(Map.of()).rejected())
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.reason().code()).isEqualTo("HZ-PLG-008"));
    }

    @Test
    void shouldLeaveOutAPluginThatFailsInSetupWithAllItRegistered() {
        base();
        make(
                "bad.jar",
                JarMaker.descriptor("bad", "bad.Bad"),
                "Bad",
                "package bad; public class Bad implements Plugin {"
                        + " public void setup(Registrar r) {"
                        + "   r.system(SystemSpec.of(\"half\", Stage.MOVE, Access.none(), (x, t) -> {}));"
                        + "   throw new IllegalStateException(\"no\"); } }");

        LoadedPlugins loaded = load(Map.of());

        assertThat(loaded.rejected())
                .singleElement()
                .satisfies(r -> assertThat(r.reason().code()).isEqualTo("HZ-PLG-009"));
        assertThat(loaded.systems()).hasSize(1);
    }

    @Test
    void shouldLeaveOutAPluginThatWouldNotReplay() {
        make(
                "bad.jar",
                JarMaker.descriptor("bad", "bad.Bad"),
                "Bad",
                "package bad; public class Bad implements Plugin {"
                        + " public void setup(Registrar r) { Math.random(); } }");

        assertRejected("HZ-PLG-010", "Math.random", "tick.random");
    }

    @Test
    void shouldHideTheEnginesOwnRoomsFromPlugins() {
        make(
                "nosy.jar",
                JarMaker.descriptor("nosy", "nosy.Nosy"),
                "Nosy",
                "package nosy; public class Nosy implements Plugin {"
                        + " public void setup(Registrar r) {"
                        + "   dev.horizon.engine.host.Version.parse(\"1\"); } }");

        assertRejected("HZ-PLG-009", "NoClassDefFoundError");
    }

    @Test
    void shouldLetAnUnloadedPluginBeCollected() throws InterruptedException {
        base();
        WeakReference<ClassLoader> loader =
                new WeakReference<>(
                        load(Map.of())
                                .commands()
                                .getFirst()
                                .spec()
                                .action()
                                .getClass()
                                .getClassLoader());

        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(loader.get()).isNull();
    }

    private LoadedPlugins load(Map<String, Map<String, Object>> config) {
        PluginHost host = new PluginHost(false, config);
        host.scan(List.of(folder));
        return host.load();
    }

    private void assertRejected(String code, String... words) {
        assertThat(load(Map.of()).rejected())
                .singleElement()
                .satisfies(rejected -> {
                    assertThat(rejected.reason().code()).isEqualTo(code);
                    assertThat(rejected.reason().getMessage()).contains(words);
                });
    }

    private static void assertCode(
            String code,
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
            String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(HorizonException.class)
                .hasMessageContainingAll(words)
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo(code);
    }
}
