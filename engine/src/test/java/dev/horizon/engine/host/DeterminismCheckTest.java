package dev.horizon.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismCheckTest {
    private final JarMaker maker = new JarMaker();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.nanoTime();",
                "System.currentTimeMillis();",
                "java.time.Instant.now();",
                "java.time.LocalDate.now();",
                "java.time.Clock.systemUTC();",
                "Math.random();",
                "Math.sin(1);",
                "Math.pow(2, 3);",
                "Math.exp(1);",
                "new Random();",
                "new SplittableRandom(1);",
                "java.util.concurrent.ThreadLocalRandom.current();",
                "UUID.randomUUID();",
                "new HashMap<String, String>();",
                "new HashSet<String>();",
                "new IdentityHashMap<String, String>();",
                "Set.of(1, 2);",
                "Map.of(1, 2);",
                "System.identityHashCode(this);",
                "Object o = this; o.hashCode();",
                "Thread.ofVirtual();",
                "new Thread(() -> {});",
                "List.of(1).parallelStream();",
                "List.of(1).stream().parallel();",
                "List.of(1).stream().collect(java.util.stream.Collectors.toSet());",
                "java.util.function.DoubleUnaryOperator f = Math::cos;",
                "java.util.function.Supplier<Object> f = HashMap::new;",
                "\"A\".toLowerCase();",
                "String.format(\"%f\", 1.0);",
                "System.getenv(\"HOME\");",
                "java.nio.file.Path.of(\"/\").toFile().exists(); new java.io.File(\"/\");"
            })
    void shouldNameTheLineOfEveryBannedCall(String statement) {
        List<Violation> found =
                violations("class Subject {\n  void act() {\n    " + statement + "\n  }\n}");

        assertThat(found)
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.className()).isEqualTo("Subject");
                    assertThat(violation.member()).contains("act");
                    assertThat(violation.source()).isEqualTo("Subject.java:4");
                    assertThat(violation.instead()).isNotBlank();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StrictMath.sin(1);",
                "Math.sqrt(2); Math.fma(1.0, 2, 3); Math.floor(1); Math.max(1, 2);",
                "new LinkedHashMap<String, String>(); new TreeMap<String, String>();",
                "\"a\".hashCode();",
                "\"A\".toLowerCase(Locale.ROOT);",
                "List.of(1, 2).stream().sorted().toList();"
            })
    void shouldAllowWhatIsTheSameEverywhere(String statement) {
        assertThat(violations("class Subject { void act() { " + statement + " } }")).isEmpty();
    }

    @Test
    void shouldRefuseStateOutsideColumns() {
        assertThat(violations("class Subject { static int count; }")).hasSize(1);
        assertThat(
                        violations(
                                "class Subject { static final List<Integer> ALL = new ArrayList<>(); }"))
                .isEmpty();
        assertThat(
                        violations(
                                "class Subject { static final ArrayList<Integer> ALL = new"
                                        + " ArrayList<>(); }"))
                .hasSize(1);
        assertThat(
                        violations(
                                "class Subject implements Plugin { int count; public void"
                                        + " setup(Registrar r) {} }"))
                .hasSize(1);
        assertThat(
                        violations(
                                "class Subject implements SystemTask { private double sum; public"
                                        + " void run(Rows rows, Tick tick) {} }"))
                .hasSize(1);
        assertThat(violations("class Subject { int scratch; static final int BOUND = 3; }"))
                .isEmpty();
        assertThat(
                        violations(
                                "enum Subject { A, B; int f(Subject s) { return switch (s) { case A -> 1; case B -> 2; }; } }"))
                .isEmpty();
        assertThat(violations("record Subject(int a, String b) {}")).isEmpty();
    }

    @Test
    void shouldSayWhatToChangeInOneMessage() {
        var classes =
                maker.compile(
                        "Subject",
                        "class Subject {\n double a() { return Math.random(); }\n"
                                + " double b() { return Math.sin(1); } }");

        assertThatThrownBy(() -> DeterminismCheck.check("some.jar", classes))
                .isInstanceOf(HorizonException.class)
                .hasMessageContainingAll(
                        "some.jar",
                        "Subject.a (Subject.java:3): calls Math.random; use tick.random",
                        "Subject.b (Subject.java:4)",
                        "StrictMath.sin")
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo("HZ-PLG-010");
    }

    private List<Violation> violations(String source) {
        return DeterminismCheck.violations("test", maker.compile("Subject", source));
    }
}
