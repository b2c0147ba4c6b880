package dev.horizon.perf.mesh;

import dev.horizon.perf.Figure;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.processes.MavenTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;

/**
 * Partitions of a mesh whose processes have hosts of their own, in network namespaces: the test
 * that makes them, for as many as are asked for.
 */
final class Partitions {
    private static final String TEST = "PartitionTest";

    private Partitions() {}

    /**
     * Runs it.
     *
     * @param checkout where the sources are
     * @param partitions that it makes
     */
    static List<Figure> run(Path checkout, long seed, int partitions) throws IOException {
        Path folder = Files.createTempDirectory("horizon-partitions-");
        try {
            Path report = folder.resolve("report");
            boolean hasPassed =
                    MavenTests.pass(
                            checkout,
                            folder.resolve("maven.log"),
                            List.of("tools"),
                            List.of(TEST),
                            List.of(
                                    "mesh.partitions=" + partitions,
                                    "mesh.seed=" + seed,
                                    "mesh.report=" + report));
            return figures(
                    hasPassed, Files.exists(report) ? Files.readString(report) : "", partitions);
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    /** Of what it says in its end; where it failed or was skipped, that is nothing. */
    static List<Figure> figures(boolean hasPassed, String report, int partitions) {
        LoadFigures found = LoadFigures.parse(report);
        return List.of(
                Figure.atLeast(
                        "partitions of a node, of its peer or of the leader, under transfers",
                        found.value("partitions"),
                        "",
                        partitions),
                Figure.plain("partitions: transfers begun", found.value("transfers"), ""),
                Figure.plain(
                        "partitions: releases that one node recorded, and another one took",
                        found.value("moved"),
                        ""),
                Figure.plain(
                        "partitions: entities seen while they stayed somewhere",
                        found.value("sightings"),
                        ""),
                Figure.atMost(
                        "partitions: runs in which an entity was lost, doubled or had two owners",
                        hasPassed ? 0 : 1,
                        "",
                        0));
    }
}
