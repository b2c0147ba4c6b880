package dev.horizon.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.streams.TransportSelfTest;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.doctor.Finding.Verdict;
import dev.horizon.tools.doctor.Machine.DataDirState;
import dev.horizon.tools.doctor.Machine.PortState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorTest {
    private static final TransportSelfTest ALL = streams(true, true, true);
    private static final Machine GOOD = machine(25, 2, 8L << 30, PortState.FREE, DataDirState.FREE);

    private static Machine machine(
            int java, int cores, long memory, PortState port, DataDirState dataDir) {
        return new Machine(
                java,
                true,
                cores,
                memory,
                1L << 30,
                20_000,
                4 << 20,
                true,
                ALL,
                port,
                dataDir,
                100L << 30,
                3,
                "/usr/bin/chromium");
    }

    private static TransportSelfTest streams(boolean multicast, boolean mdc, boolean unicast) {
        return new TransportSelfTest(rung(true), rung(multicast), rung(mdc), rung(unicast));
    }

    private static TransportSelfTest.Rung rung(boolean works) {
        return new TransportSelfTest.Rung("aeron:x", works, works ? "took 1 ms" : "dropped");
    }

    private static List<Finding> streams(TransportSelfTest test, String transport) {
        Machine machine =
                new Machine(
                        25,
                        true,
                        2,
                        8L << 30,
                        1L << 30,
                        20_000,
                        4 << 20,
                        true,
                        test,
                        PortState.FREE,
                        DataDirState.FREE,
                        100L << 30,
                        3,
                        "/usr/bin/chromium");
        HorizonConfig config =
                ConfigLoader.load(
                                List.of(
                                        new Setting(
                                                "streams.transport",
                                                transport,
                                                new Origin.Flag("--set"))),
                                Map.of(),
                                null)
                        .config();
        return Doctor.examine(machine, config).stream()
                .filter(finding -> finding.verdict() != Verdict.OK)
                .toList();
    }

    @Test
    void shouldSayOfEachRungWhatToChange() {
        assertThat(streams(streams(false, true, true), "auto"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
                    assertThat(finding.check()).isEqualTo("multicast");
                    assertThat(finding.advice()).contains("streams.transport = mdc");
                });
        assertThat(streams(streams(false, true, true), "multicast"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.FAIL));
        assertThat(streams(streams(false, false, false), "auto"))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.WARN, Verdict.WARN, Verdict.FAIL);
        assertThat(streams(streams(true, false, true), "mdc"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.advice()).contains("streams.transport = multicast"));
    }

    record Case(String check, Verdict verdict, Machine machine) {}

    static List<Case> cases() {
        return List.of(
                new Case(
                        "java",
                        Verdict.FAIL,
                        machine(21, 2, 8L << 30, PortState.FREE, DataDirState.FREE)),
                new Case(
                        "cores",
                        Verdict.WARN,
                        machine(25, 1, 8L << 30, PortState.FREE, DataDirState.FREE)),
                new Case(
                        "memory",
                        Verdict.WARN,
                        machine(25, 2, 2L << 30, PortState.FREE, DataDirState.FREE)),
                new Case(
                        "memory",
                        Verdict.FAIL,
                        machine(25, 2, 1L << 28, PortState.FREE, DataDirState.FREE)),
                new Case(
                        "port",
                        Verdict.FAIL,
                        machine(25, 2, 8L << 30, PortState.TAKEN, DataDirState.FREE)),
                new Case(
                        "data folder",
                        Verdict.FAIL,
                        machine(25, 2, 8L << 30, PortState.FREE, DataDirState.LOCKED)));
    }

    @Test
    void shouldFindNothingOnGoodMachine() {
        assertThat(Doctor.examine(GOOD, HorizonConfig.defaults()))
                .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.OK));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldNameWhatIsWrongAndWhatToChange(Case example) {
        List<Finding> wrong =
                Doctor.examine(example.machine(), HorizonConfig.defaults()).stream()
                        .filter(finding -> finding.verdict() != Verdict.OK)
                        .toList();

        assertThat(wrong).hasSize(1);
        assertThat(wrong.getFirst().check()).isEqualTo(example.check());
        assertThat(wrong.getFirst().verdict()).isEqualTo(example.verdict());
        assertThat(wrong.getFirst().advice()).isNotEmpty();
    }
}
