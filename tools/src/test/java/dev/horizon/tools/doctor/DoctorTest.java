package dev.horizon.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.doctor.Finding.Verdict;
import dev.horizon.tools.doctor.Machine.DataDirState;
import dev.horizon.tools.doctor.Machine.PortState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorTest {
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
                true,
                port,
                dataDir,
                100L << 30,
                3,
                "/usr/bin/chromium");
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
