package dev.horizon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declarations become columns that work, or errors that say what to do. */
class ComponentProcessorTest {
    private static final String IMPORTS = "package demo; import dev.horizon.engine.world.*; ";

    private static final String EVERYTHING =
            IMPORTS
                    + """

                    @Component("demo.All")
                    @Replicated({Tier.CLOSE, Tier.LOW})
                    public record All(
                            boolean flag, byte b, short s, char c, int i, long l,
                            @Quantum(0.5) float f, double d, SizeClass size, EntityId id,
                            @MaxLength(5) String name, @Length(2) boolean[] flags,
                            @Length(2) char[] letters, @Length(3) double[] charge,
                            @Length(2) EntityId[] links, @Length(2) SizeClass[] sizes,
                            Outer.Inner inner, int row, int from, int value, int offset) {}
                    """;

    private static final String OUTER =
            IMPORTS
                    + """

                    public final class Outer {
                        public enum Inner { ONE, TWO }
                        @Component record Nested(Inner inner, @Length(1) int[] values) {}
                        @Component record Empty() {}
                    }
                    """;

    @Test
    void shouldWriteAColumnForEveryKindOfFieldThatCompilesWithoutWarnings() {
        Snippets snippets = Snippets.compile("demo.All", EVERYTHING, "demo.Outer", OUTER);
        assertThat(snippets.problems()).isEmpty();
        assertThat(snippets.source("demo.AllColumn"))
                .contains("public final double[] charge;")
                .contains("public static final int CHARGE_LENGTH = 3;")
                .contains("public final class AllColumn extends Column<All>")
                .contains("Written by the component processor")
                .doesNotContain("\t");
        assertThat(snippets.source("demo.NestedColumn"))
                .contains("\nfinal class NestedColumn extends Column<Outer.Nested>");
        assertThat(snippets.source("dev.horizon.engine.world.ParentColumn")).isNotEmpty();
    }

    @Test
    void shouldKeepRowsExactly() throws ReflectiveOperationException {
        Snippets snippets = Snippets.compile("demo.All", EVERYTHING, "demo.Outer", OUTER);
        Object row = row(snippets);
        Class<?> columnClass = snippets.loadClass("demo.AllColumn");
        Object column = columnClass.getConstructor(int.class).newInstance(4);
        call(column, "setRow", 2, row);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        call(column, "writeRow", 2, buffer, 8);
        call(column, "readRow", 0, buffer, 8);
        assertThat(text(column, 0)).isEqualTo(text(column, 2));
        assertThat(call(column, "hash", 0, 1)).isEqualTo(call(column, "hash", 2, 3));
        assertThat(call(column, "name", 0)).isEqualTo("abc");
        assertThat(call(column, "size", 0)).hasToString("STATION");
        assertThat(call(column, "isRowMarked", 0)).isEqualTo(true);
        assertThat(call(column, "isRowMarked", 1)).isEqualTo(false);
        Object type = columnClass.getField("TYPE").get(null);
        assertThat(type).hasToString("demo.All");
        assertThat(call(type, "rowBytes"))
                .isEqualTo(
                        1 + 1 + 2 + 2 + 4 + 8 + 4 + 8 + 1 + 8 + 6 + 2 + 4 + 24 + 16 + 2 + 1 + 16);
        assertThat(call(type, "tiers")).hasToString("[CLOSE, LOW]");
        assertThat(call(type, "fields").toString())
                .contains("name=f, kind=FLOAT, length=1, quantum=0.5")
                .contains("constants=[ONE, TWO]");
        call(column, "moveRow", 2, 1);
        assertThat(text(column, 1)).isEqualTo(text(column, 2));
        call(column, "clearRow", 2);
        assertThat(call(column, "hash", 2, 3)).isEqualTo(call(column, "hash", 3, 4));
    }

    /** The row without its arrays, whose text says where they are. */
    private static String text(Object column, int row) throws ReflectiveOperationException {
        return call(column, "row", row).toString().replaceAll("@[0-9a-f]+", "");
    }

    private static Object row(Snippets snippets) throws ReflectiveOperationException {
        Class<?> entityId = snippets.loadClass("dev.horizon.engine.world.EntityId");
        Class<?> sizeClass = snippets.loadClass("dev.horizon.engine.world.SizeClass");
        Object station = sizeClass.getEnumConstants()[2];
        Object id = entityId.getConstructor(long.class).newInstance(77L);
        Object links = Array.newInstance(entityId, 2);
        Array.set(links, 0, id);
        Array.set(links, 1, id);
        Object sizes = Array.newInstance(sizeClass, 2);
        Array.set(sizes, 0, station);
        Array.set(sizes, 1, station);
        Constructor<?> constructor = snippets.loadClass("demo.All").getConstructors()[0];
        return constructor.newInstance(
                true,
                (byte) -1,
                (short) -2,
                'x',
                4,
                5L,
                Float.intBitsToFloat(0x7FC0_1234),
                -0.0,
                station,
                id,
                "abc",
                new boolean[] {true, false},
                new char[] {'p', 'q'},
                new double[] {1, 2, 3},
                links,
                sizes,
                snippets.loadClass("demo.Outer$Inner").getEnumConstants()[1],
                1,
                2,
                3,
                4);
    }

    private static Object call(Object target, String name, Object... arguments)
            throws ReflectiveOperationException {
        for (var method : target.getClass().getMethods()) {
            if (method.getName().equals(name)
                    && !method.isBridge()
                    && method.getParameterCount() == arguments.length) {
                method.setAccessible(true);
                Object answer = method.invoke(target, arguments);
                return answer == null ? "nothing" : answer;
            }
        }
        throw new NoSuchMethodException(target.getClass() + "." + name);
    }

    /** Declarations that are refused, the line of the error and words in it. */
    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "@Component class X {}                                   | 2 | goes on a record",
                "@Component interface X {}                               | 2 | goes on a record",
                "@Component record X<T>(int a) {}                        | 2 | type parameters",
                "@Component record X(int a,@String b) {}                 | 3 | @MaxLength(n)",
                "@Component record X(int a,@int[] b) {}                  | 3 | @Length(n)",
                "@Component record X(int a,@java.util.List<Integer> b){} | 3 | child entities",
                "@Component record X(int a,@Object b) {}                 | 3 | no column can hold",
                "@Component record X(@Length(2) String[] b) {}           | 3 | no column can hold",
                "@Component record X(@Length(2) int[][] b) {}            | 3 | no column can hold",
                "@Component record X(int a,@Integer b) {}                | 3 | no column can hold",
                "@Component record X(@Length(0) int[] b) {}              | 3 | 1 to 64 fit",
                "@Component record X(@Length(65) int[] b) {}             | 3 | 1 to 64 fit",
                "@Component record X(@MaxLength(256) String b) {}        | 3 | 1 to 255 fit",
                "@Component record X(@Length(3) int b) {}                | 3 | belongs on an array",
                "@Component record X(@MaxLength(3) int b) {}             | 3 | belongs on a String",
                "@Component record X(@Quantum(0) float b) {}             | 3 | greater than 0",
                "@Component record X(@Quantum(1) int b) {}               | 3 | of a float or double",
                "@Component record X(@Key int a) {}                      | 3 | a long or an EntityId",
                "@Component record X(@Key @Length(2) long[] a) {}        | 3 | a long or an EntityId",
                "@Component record X(@Key long a,@ @Key long b) {}       | 4 | a is the @Key already",
                "@Component record X(int a,@SizeClass row) {}            | 3 | the name row twice",
                "@Component record X(int a,@int TYPE) {}                 | 3 | the name TYPE twice",
                "@Component record Column(int a) {}                      | 2 | rename the record",
                "class Y { @Component private record X(int a) {} }       | 2 | is private",
                "@Component record X(int a,@Mood b) {} enum Mood {}      | 3 | 1 to 127 fit",
                "class XColumn {} @Component record X(int a) {}          | 2 | exists already",
                "class A {@Component record X(int a){}}@Component record X(int a){} | 2 | exists"
            })
    void shouldRefuse(String declaration, long line, String words) {
        // An @ in front of a field stands for a line break, so that lines can be told apart.
        String text =
                IMPORTS
                        + "\n"
                        + declaration
                                .replaceAll(",@(?!Length|MaxLength|Quantum)", ",\n")
                                .replaceAll("\\(@", "(\n@");
        List<String> problems = Snippets.compile("demo.X", text).problems();
        assertThat(problems)
                .as(text)
                .anySatisfy(problem -> {
                    assertThat(problem).startsWith(line + ": ");
                    assertThat(problem).contains(words);
                });
    }

    @Test
    void shouldRefuseTwoFieldsWhoseConstantsMeet() {
        String text = IMPORTS + "@Component record X(@Length(2) int[] ab, int AB_LENGTH) {}";
        assertThat(Snippets.compile("demo.X", text).problems())
                .anySatisfy(problem -> assertThat(problem).contains("AB_LENGTH twice"));
    }

    @Test
    void shouldBeFoundByTheCompilerItself() {
        assertThat(ServiceLoader.load(Processor.class))
                .anySatisfy(found -> assertThat(found).isInstanceOf(ComponentProcessor.class));
    }

    @Test
    void shouldNameTheRecordAsTheOriginOfItsColumn() throws Exception {
        // Incremental builds read this file to know that a column depends on its record alone.
        try (var in =
                ComponentProcessor.class.getResourceAsStream(
                        "/META-INF/gradle/incremental.annotation.processors")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(ComponentProcessor.class.getName() + ",isolating\n");
        }
    }
}
