package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The catalogue answers rightly where Dominion by itself would not. */
class DominionCatalogueTest {
    private static final int CLASSES = 100;

    @Test
    void shouldFindTablesOfAHundredComponentClassesAfterTheirColumnsWereReplaced()
            throws ReflectiveOperationException {
        long seed = 4;
        SplittableRandom random = new SplittableRandom(seed);
        List<ComponentType<?>> types = manyTypes();
        List<Table> tables = new ArrayList<>();
        try (DominionCatalogue catalogue = new DominionCatalogue(types)) {
            for (int i = 0; i < 300; i++) {
                Composition composition = randomComposition(random, types, tables);
                Table table = new Table(tables.size(), composition, CLASSES, false);
                tables.add(table);
                catalogue.add(table);
                if (i % 3 == 0) {
                    Table grown = tables.get(random.nextInt(tables.size()));
                    grown.reserve(grown.capacity() + 1);
                    catalogue.replaced(grown);
                }
            }
            for (int i = 0; i < 200; i++) {
                List<ComponentType<?>> wanted = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    ComponentType<?> type = types.get(random.nextInt(CLASSES));
                    if (!wanted.contains(type)) {
                        wanted.add(type);
                    }
                }
                List<Table> expected = new ArrayList<>();
                for (Table table : tables) {
                    if (table.composition().types().containsAll(wanted)) {
                        expected.add(table);
                    }
                }
                assertThat(catalogue.with(wanted)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldFindEveryTableOfAnEmptyQuestion() {
        try (WorldState world = WorldState.create(1, Parts.TYPES)) {
            world.create();
            world.create(new Parts.Marker());
            world.apply();
            assertThat(world.tablesWith(List.of())).containsExactly(world.table(0), world.table(1));
            assertThat(world.tablesWith(List.of(MarkerColumn.TYPE)))
                    .containsExactly(world.table(1));
            assertThat(world.tablesWith(List.of(HealthColumn.TYPE))).isEmpty();
        }
    }

    @Test
    void shouldTakeMoreBitsUntilNoTwoClassesMeet() throws ReflectiveOperationException {
        List<Class<?>> classes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            manyTypes().forEach(type -> classes.add(type.columnClass()));
        }
        for (int size : new int[] {10, 100, 2000}) {
            List<Class<?>> some = classes.subList(0, size);
            int bits = DominionCatalogue.classIndexBits(some);
            if (bits == DominionCatalogue.ALIKE) {
                assertThat(places(some, 24)).hasSizeLessThan(size);
                continue;
            }
            assertThat(places(some, bits)).hasSize(size);
            assertThat(bits == 20 || places(some, bits - 1).size() < size).isTrue();
        }
    }

    @Test
    void shouldFindTablesWhereNoIndexTellsComponentsApart() {
        try (WorldState world = WorldState.create(1, Parts.TYPES);
                DominionCatalogue catalogue = new DominionCatalogue(DominionCatalogue.ALIKE)) {
            world.create();
            world.create(new Parts.Marker());
            world.apply();
            catalogue.add(world.table(0));
            catalogue.add(world.table(1));
            assertThat(catalogue.with(List.of())).containsExactly(world.table(0), world.table(1));
            assertThat(catalogue.with(List.of(MarkerColumn.TYPE))).containsExactly(world.table(1));
            assertThat(catalogue.with(List.of(HealthColumn.TYPE))).isEmpty();
        }
    }

    private static Set<Integer> places(List<Class<?>> classes, int bits) {
        Set<Integer> places = new HashSet<>();
        classes.forEach(type -> places.add(System.identityHashCode(type) >> (32 - bits)));
        return places;
    }

    @Test
    void shouldOpenAndCloseManyWorlds() {
        for (int i = 0; i < 1100; i++) {
            try (WorldState world = WorldState.create(1, Parts.TYPES)) {
                world.create(new Parts.Marker());
                world.apply();
                assertThat(world.tablesWith(List.of(MarkerColumn.TYPE))).hasSize(1);
            }
        }
    }

    private static Composition randomComposition(
            SplittableRandom random, List<ComponentType<?>> types, List<Table> tables) {
        while (true) {
            List<ComponentType<?>> chosen = new ArrayList<>();
            for (ComponentType<?> type : types) {
                if (random.nextInt(12) == 0) {
                    chosen.add(type);
                }
            }
            Composition composition = new Composition(chosen);
            if (tables.stream().noneMatch(table -> table.composition().equals(composition))) {
                return composition;
            }
        }
    }

    /** Column classes that differ in name alone, made without a compiler. */
    private static List<ComponentType<?>> manyTypes() throws ReflectiveOperationException {
        List<ComponentType<?>> types = new ArrayList<>();
        ClassDesc base = ClassDesc.of(BlankColumn.class.getName());
        MethodTypeDesc withCapacity =
                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
        for (int i = 0; i < CLASSES; i++) {
            ClassDesc name = ClassDesc.of(BlankColumn.class.getPackageName(), "Blank" + i);
            byte[] bytes =
                    ClassFile.of()
                            .build(
                                    name,
                                    type ->
                                            type.withSuperclass(base)
                                                    .withFlags(ClassFile.ACC_PUBLIC)
                                                    .withMethodBody(
                                                            ConstantDescs.INIT_NAME,
                                                            withCapacity,
                                                            ClassFile.ACC_PUBLIC,
                                                            code ->
                                                                    code.aload(0)
                                                                            .iload(1)
                                                                            .invokespecial(
                                                                                    base,
                                                                                    ConstantDescs
                                                                                            .INIT_NAME,
                                                                                    withCapacity)
                                                                            .return_()));
            Class<? extends BlankColumn> column =
                    MethodHandles.lookup()
                            .defineHiddenClass(bytes, true)
                            .lookupClass()
                            .asSubclass(BlankColumn.class);
            types.add(type("Blank" + i, column));
        }
        return types;
    }

    private static <C extends BlankColumn> ComponentType<C> type(String name, Class<C> column) {
        return new ComponentType<>(
                name,
                BlankColumn.Blank.class,
                column,
                capacity -> {
                    try {
                        return column.getConstructor(int.class).newInstance(capacity);
                    } catch (ReflectiveOperationException impossible) {
                        throw new LinkageError("no constructor", impossible);
                    }
                },
                List.of(),
                Set.of());
    }
}
