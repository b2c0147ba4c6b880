package dev.horizon.tools.soak.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanFileTest {
    private static final Path ROOT = Path.of(System.getProperty("architecture.root")).normalize();

    private static final String SMALL =
            """
            name = "small"
            seed = 3

            [[stages]]
            name = "come"
            duration = "10s"
            ramp = "4s"
            players = 40

            [[stages]]
            name = "go"
            duration = "20s"
            ramp = "20s"
            players = 0

            [[behaviours]]
            kind = "convoy"
            """;

    @TempDir Path folder;

    private PlanFile read(String text) throws IOException {
        return PlanFile.read(Files.writeString(folder.resolve("plan.toml"), text));
    }

    static Stream<Path> examples() throws IOException {
        return Files.list(ROOT.resolve("examples"))
                .filter(file -> file.toString().endsWith("toml"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldReadTheExamples(Path example) {
        assertThat(PlanFile.read(example).plan().thresholds()).isNotEmpty();
    }

    @Test
    void shouldRampBetweenStages() throws IOException {
        SoakPlan plan = read(SMALL).plan();

        assertThat(plan.duration()).hasSeconds(30);
        assertThat(plan.playersAt(0)).isZero();
        assertThat(plan.playersAt(1)).isEqualTo(10);
        assertThat(plan.playersAt(7)).isEqualTo(40);
        assertThat(plan.playersAt(15)).isEqualTo(30);
        assertThat(plan.playersAt(30)).isZero();
        assertThat(plan.stageAt(9.9).name()).isEqualTo("come");
        assertThat(plan.stageAt(99).name()).isEqualTo("go");
    }

    @Test
    void shouldFillInWhatAKindDoesByItself() throws IOException {
        BehaviourPlan convoy = read(SMALL).plan().behaviours().getFirst();

        assertThat(convoy.group()).isEqualTo(12);
        assertThat(convoy.every()).hasSeconds(40);
    }

    @Test
    void shouldKeepSettingsOfTheNodeApart() throws IOException {
        PlanFile file = read(SMALL + "\n[settings.node]\ntick-hz = 10\n");

        assertThat(file.settings())
                .singleElement()
                .extracting("path", "value")
                .containsExactly("node.tick-hz", 10);
    }

    @Test
    void shouldLoseDatagramsOfPlayersWhoComeOverAeron() throws IOException {
        SoakPlan plan =
                read("aeron-share = 25.0\n"
                                + SMALL
                                + """
                                [[faults]]
                                kind = "loss"
                                at = "3s"
                                duration = "2s"
                                rate = 5.0
                                """)
                        .plan();

        assertThat(plan.aeronShare()).isEqualTo(25);
        assertThat(plan.faults().getFirst().rate()).isEqualTo(5);
        assertThat(plan.faults().getFirst().text())
                .isEqualTo("5 % of the datagrams to players over Aeron lost for 2.0 s");
    }

    @Test
    void shouldLoseDatagramsOfAShareOfThosePlayers() throws IOException {
        SoakPlan plan =
                read("aeron-share = 25.0\n"
                                + SMALL
                                + """
                                [[faults]]
                                kind = "loss"
                                at = "3s"
                                duration = "2s"
                                rate = 5.0
                                share = 40.0
                                """)
                        .plan();

        assertThat(plan.faults().getFirst().text())
                .isEqualTo("5 % of the datagrams to 40 % of the players over Aeron lost for 2.0 s");
    }

    @Test
    void shouldReadAMesh() throws IOException {
        SoakPlan plan =
                read(SMALL
                                + """
                                [[behaviours]]
                                kind = "commuter"

                                [[faults]]
                                kind = "kill"
                                at = "3s"
                                process = "leader"

                                [mesh]
                                nodes = 3
                                gateways = 2
                                systems = ["vega"]
                                middle = 1000.0
                                radius = 500.0
                                """)
                        .plan();

        assertThat(plan.mesh().borders()).hasSize(2).allMatch(x -> x > 700 && x < 1_300);
        assertThat(plan.mesh().firstNode()).isEqualTo("sol-1");
        assertThat(plan.mesh().text())
                .isEqualTo("4 nodes, 2 gateways, 1 member of the coordinator, 2 star systems");
        assertThat(plan.faults().getFirst().text()).isEqualTo("kill -9 of leader");
        assertThat(read(SMALL).plan().mesh().isThere()).isFalse();
    }

    @Test
    void shouldComeToMeshPlayersByWebSocketAlone() {
        assertThatThrownBy(() -> read("aeron-share = 5.0\n" + SMALL + "[mesh]\nnodes = 2\n"))
                .hasMessageContaining("leave out aeron-share");
    }

    @Test
    void shouldRefuseMorePlayersOverAeronThanAGatewayTakes() {
        String large = SMALL.replace("players = 40", "players = 2000");

        assertThatThrownBy(() -> read("aeron-share = 50.0\n" + large))
                .hasMessageContaining("1000 players over Aeron are more than a gateway takes: 250");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sead = 4                                          | HZ-CFG-001 | did you mean 'seed'
                    [[faults]] ; kind = 'kil' ; at = '1s'               | HZ-CFG-002 | kill, pause, slow-clients, loss, reload, hostile
                    [[faults]] ; kind = 'kill' ; at = '30s'             | HZ-CFG-004 | comes after the end at 30s
                    [[faults]] ; kind = 'pause' ; at = '3s'             | HZ-CFG-004 | pause needs duration
                    [[faults]] ; kind = 'kill' ; at = '3s' ; share = 4    | HZ-CFG-004 | kill has no use for 'share'
                    [[faults]] ; kind = 'hostile' ; at = '3s'           | HZ-CFG-004 | hostile needs raiders
                    [[faults]] ; kind = 'hostile' ; at = '3s' ; raiders = 9 | HZ-CFG-004 | hostile needs duration
                    [[faults]] ; kind = 'kill' ; at = '3s' ; raiders = 9 | HZ-CFG-004 | kill has no use for 'raiders'
                    [[faults]] ; kind = 'loss' ; at = '3s' ; rate = 5.0 ; duration = '1s' | HZ-CFG-004 | set aeron-share
                    [[faults]] ; kind = 'loss' ; at = '3s' ; rate = 5.0 ; duration = '1s' ; share = 101.0 | HZ-CFG-004 | of the players over Aeron
                    [[faults]] ; kind = 'loss' ; at = '3s' ; duration = '1s' | HZ-CFG-004 | loss needs rate
                    [[faults]] ; kind = 'loss' ; at = '3s' ; rate = 5.0 | HZ-CFG-004 | loss needs duration
                    [[faults]] ; kind = 'kill' ; at = '3s' ; rate = 5.0 | HZ-CFG-004 | kill has no use for 'rate'
                    [mesh] ; gateways = 2                             | HZ-CFG-004 | write nodes = 2
                    [mesh] ; nodes = 99                               | HZ-CFG-004 | from 1 to 16
                    [mesh] ; nodes = 2 ; gateways = 0                 | HZ-CFG-004 | players come through one
                    [mesh] ; nodes = 2 ; systems = ['sol']            | HZ-CFG-004 | its own name
                    [mesh] ; node = 2                                 | HZ-CFG-001 | did you mean 'mesh.nodes'
                    [mesh] ; nodes = 2 ; [[faults]] ; kind = 'kill' ; at = '3s' | HZ-CFG-004 | kill needs process, one of coordinator-0, sol-1, sol-2, gateway-1, leader
                    [mesh] ; nodes = 2 ; [[faults]] ; kind = 'kill' ; at = '3s' ; process = 'sol-3' | HZ-CFG-004 | did you mean 'sol-
                    [[faults]] ; kind = 'kill' ; at = '3s' ; process = 'sol-1' | HZ-CFG-004 | has no mesh of processes
                    [mesh] ; nodes = 2 ; [[faults]] ; kind = 'reload' ; at = '3s' ; plugin = 'chat' ; process = 'sol-1' | HZ-CFG-004 | no use for 'process'
                    [[behaviours]] ; kind = 'commuter'                | HZ-CFG-004 | write [mesh] with nodes = 2
                    [mesh] ; nodes = 2 ; [[behaviours]] ; kind = 'jumper' | HZ-CFG-004 | systems = ["vega"]
                    [[thresholds]] ; figure = 'gateway-cores' ; max = 4 | HZ-CFG-004 | of gateways in processes of their own
                    aeron-share = 101.0                               | HZ-CFG-004 | aeron-share is 101.0
                    [[behaviours]] ; kind = 'idler' ; rate = 4.0        | HZ-CFG-004 | idler has no use for 'rate'
                    [[behaviours]] ; kind = 'battle' ; at = [1.0]       | HZ-CFG-004 | three numbers
                    [[thresholds]] ; figure = 'tick-p9' ; max = 4       | HZ-CFG-004 | did you mean 'tick-p99'
                    [[thresholds]] ; figure = 'tick-p99'              | HZ-CFG-004 | set max, min or both
                    [[thresholds]] ; figure = 'tick-p99' ; stage = 'com' ; max = 4 | HZ-CFG-004 | did you mean 'come'
                    [settings.node] ; tick-hs = 4                     | HZ-CFG-001 | did you mean 'node.tick-hz'
                    """)
    void shouldRefuseWhatCannotBe(String more, String code, String words) {
        String line = more.replace(" ; ", "\n").replace('\'', '"') + "\n";
        String text = line.startsWith("[") ? SMALL + line : line + SMALL;

        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining("plan.toml")
                .hasMessageContaining(words);
    }

    @Test
    void shouldDocumentEveryFigureAndBehaviour() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/soak.md"));

        assertThat(Stream.of(Measure.values()).map(measure -> "`" + measure.word() + "`"))
                .allSatisfy(word -> assertThat(page).contains(word));
        assertThat(Stream.of(BehaviourKind.values()).map(kind -> "`" + kind.word() + "`"))
                .allSatisfy(word -> assertThat(page).contains(word));
        assertThat(Stream.of(FaultKind.values()).map(kind -> "`" + kind.word() + "`"))
                .allSatisfy(word -> assertThat(page).contains(word));
    }
}
