package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemasCommandTest {
    private static final Path GOLDEN = Path.of("../schemas/src/main/resources/golden");
    private static final List<String> REPLICATION = List.of("Frame", "View", "Beacon", "Forget");
    private static final List<String> SESSION =
            List.of("Hello", "ClientInput", "ClientEvent", "Ping", "Pong");

    private static final String DECODER =
            """
            #include <cstdio>
            #include <fstream>
            #include <iterator>
            #include <vector>
            #include "dev_horizon_schemas_replication/View.h"
            using namespace dev::horizon::schemas::replication;
            int main(int, char **arguments) {
                std::ifstream in(arguments[1], std::ios::binary);
                std::vector<char> bytes((std::istreambuf_iterator<char>(in)), {});
                MessageHeader header(bytes.data(), bytes.size());
                View view(bytes.data(), 8, bytes.size(), header.blockLength(), header.version());
                std::printf("template %d tick %d input %d\\n", header.templateId(),
                    (int) view.tick(), (int) view.inputSequence());
                view.left().forEach([](View::Left &row) { std::printf("left %d\\n", row.handle()); });
                view.entered().forEach([](View::Entered &row) {
                    std::printf("entered %d entity %d\\n", row.handle(), (int) row.entityId());
                });
                view.placed().forEach([](View::Placed &row) {
                    std::printf("placed %d at %g %g %g\\n", row.handle(), row.x(), row.y(), row.z());
                });
            }
            """;

    @TempDir private Path folder;

    private Path written(String language) {
        Console console = new Console();
        Path out = folder.resolve(language);
        assertThat(console.run("schemas", "--language", language, "--out", out.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("Wrote ");
        return out;
    }

    @ParameterizedTest
    @CsvSource({"cpp,.h,class %s", "csharp,.g.cs,partial class %s"})
    void shouldWriteAClassForEveryMessage(String language, String ending, String declaration)
            throws IOException {
        Path out = written(language);
        for (String message : REPLICATION) {
            assertThat(out.resolve("dev_horizon_schemas_replication/" + message + ending))
                    .content()
                    .contains(declaration.formatted(message));
        }
        for (String message : SESSION) {
            assertThat(out.resolve("dev_horizon_schemas_session/" + message + ending))
                    .content()
                    .contains(declaration.formatted(message));
        }
    }

    @Test
    void shouldWriteTheSchemas() {
        assertThat(written("xml").resolve("replication.xml"))
                .hasSameTextualContentAs(
                        Path.of("../schemas/src/main/resources/sbe/replication.xml"));
    }

    @Test
    void shouldDecodeAGoldenVectorInCpp() throws Exception {
        assumeTrue(canRun("g++", "--version"), "no g++ on the PATH");
        Path out = written("cpp");
        Path source = Files.writeString(folder.resolve("decode.cpp"), DECODER);
        Path program = folder.resolve("decode");
        String compiled =
                run(
                        "g++",
                        "-std=c++17",
                        "-I",
                        out.toString(),
                        source.toString(),
                        "-o",
                        program.toString());
        assertThat(program).as(compiled).exists();
        assertThat(run(program.toString(), GOLDEN.resolve("replication-view.bin").toString()))
                .isEqualTo(
                        """
                        template 5 tick 120 input 42
                        left 9
                        entered 3 entity 17
                        placed 3 at 100 -200 0.125
                        """);
    }

    @Test
    void shouldSayWhenItCantWrite() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Console console = new Console();
        assertThat(console.run("schemas", "--language", "cpp", "--out", file.toString()))
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(console.err()).contains("HZ-ENV-030").contains(file.toString());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    private static boolean canRun(String... command) throws InterruptedException {
        try {
            run(command);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
