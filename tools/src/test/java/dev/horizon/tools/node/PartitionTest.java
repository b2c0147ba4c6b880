package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes and three members of the coordinator, each on a host of its own as far as networks go,
 * that are cut off from each other while entities are transferred. More: {@code
 * -Dmesh.partitions=100 -Dmesh.seed=7}.
 */
class PartitionTest {
    private static final int START_SECONDS_MAX = 300;
    private static final int PARTITION_SECONDS_MAX = 150;

    @TempDir Path folder;

    @Test
    void shouldHaveEachEntityOnceWhoeverIsCutOff() throws Exception {
        Network.assumePossible();
        PartitionedMesh.prepare(folder);
        int partitions = Integer.getInteger("mesh.partitions", 3);
        Process process =
                new ProcessBuilder(
                                ChildNode.command(
                                        Network.APART,
                                        PartitionedMesh.class,
                                        folder.toString(),
                                        Integer.toString(partitions),
                                        Long.toString(Long.getLong("mesh.seed", 1)),
                                        System.getProperty("mesh.report", "")))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile())
                        .start();
        try {
            boolean hasEnded =
                    process.waitFor(
                            START_SECONDS_MAX + (long) partitions * PARTITION_SECONDS_MAX,
                            TimeUnit.SECONDS);
            String said = Files.readString(folder.resolve("said"), StandardCharsets.UTF_8);
            assertThat(hasEnded).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
