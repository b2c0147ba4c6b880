package dev.horizon.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.HealthColumn;
import dev.horizon.engine.storage.HitColumn;
import dev.horizon.engine.storage.LabelColumn;
import dev.horizon.engine.storage.MarkerColumn;
import dev.horizon.engine.storage.Parts;
import dev.horizon.engine.storage.TargetColumn;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.PositionColumn;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The order of systems, and what may run at once. */
class PlanTest {
    private static final DerivedKey<StringBuilder> GRID =
            new DerivedKey<>("grid", StringBuilder.class);

    @Test
    void shouldOrderByStageThenRegistrationThenAfter() {
        assertThat(
                        groups(
                                ranged(
                                        "p",
                                        "late",
                                        Stage.UPKEEP,
                                        Access.reading(HealthColumn.TYPE)),
                                ranged(
                                        "p",
                                        "second",
                                        Stage.DECIDE,
                                        Access.reading(HealthColumn.TYPE).after("third")),
                                ranged(
                                        "p",
                                        "third",
                                        Stage.DECIDE,
                                        Access.reading(HealthColumn.TYPE)),
                                ranged(
                                        "p",
                                        "fourth",
                                        Stage.DECIDE,
                                        Access.reading(HealthColumn.TYPE))))
                .containsExactly(
                        List.of("p/third"),
                        List.of("p/second", "p/fourth"),
                        List.of("engine/carry"),
                        List.of("p/late"));
    }

    @Test
    void shouldRunAtOnceWhatTouchesNothingOfTheOther() {
        assertThat(
                        groups(
                                writer("p", "a", HealthColumn.TYPE),
                                writer("q", "b", TargetColumn.TYPE),
                                ranged("q", "c", Stage.ACT, Access.reading(HealthColumn.TYPE)),
                                ranged("r", "d", Stage.ACT, Access.reading(HealthColumn.TYPE))))
                .containsExactly(
                        List.of("engine/carry"), List.of("p/a", "q/b"), List.of("q/c", "r/d"));
    }

    @Test
    void shouldRunAtOnceWhatWritesTheSameInDifferentTables() {
        assertThat(
                        groups(
                                ranged(
                                        "p",
                                        "a",
                                        Stage.ACT,
                                        Access.reading(MarkerColumn.TYPE)
                                                .writing(HealthColumn.TYPE)),
                                ranged(
                                        "q",
                                        "b",
                                        Stage.ACT,
                                        Access.none()
                                                .writing(HealthColumn.TYPE)
                                                .without(MarkerColumn.TYPE))))
                .containsExactly(List.of("engine/carry"), List.of("p/a", "q/b"));
    }

    @Test
    void shouldWaitForLookedUpComponentsEffectsAndDerivedObjects() {
        assertThat(
                        groups(
                                ranged(
                                        "p",
                                        "emit",
                                        Stage.ACT,
                                        Access.reading(HealthColumn.TYPE)
                                                .lookingUp(TargetColumn.TYPE)
                                                .emitting(HitColumn.TYPE)
                                                .using(GRID)),
                                ranged(
                                        "q",
                                        "emit-too",
                                        Stage.ACT,
                                        Access.reading(LabelColumn.TYPE).emitting(HitColumn.TYPE)),
                                exclusive("q", "consume", Access.none().consuming(HitColumn.TYPE)),
                                writer("r", "retarget", TargetColumn.TYPE),
                                exclusive("r", "build", Access.none().building(GRID))))
                .containsExactly(
                        List.of("engine/carry"),
                        List.of("p/emit", "q/emit-too"),
                        List.of("q/consume", "r/retarget", "r/build"));
    }

    @Test
    void shouldRefuseTwoPluginsThatWriteTheSameUnordered() {
        RegisteredSystem a = writer("p", "a", HealthColumn.TYPE);
        assertCode("HZ-SYS-001", () -> groups(a, writer("q", "b", HealthColumn.TYPE)))
                .hasMessageContaining("p/a")
                .hasMessageContaining("q/b")
                .hasMessageContaining("Health")
                .hasMessageContaining(".after(\"p/a\") to the access of q/b")
                .hasMessageContaining(".after(\"q/b\") to that of p/a");
        assertThat(groups(a, writer("p", "b", HealthColumn.TYPE))).hasSize(3);
        RegisteredSystem ordered =
                ranged("q", "b", Stage.ACT, Access.none().writing(HealthColumn.TYPE).after("p/a"));
        assertThat(groups(a, ordered)).hasSize(3);
        RegisteredSystem throughAnother =
                ranged("r", "c", Stage.ACT, Access.none().updating(HealthColumn.TYPE).after("q/b"));
        assertThat(groups(a, ordered, throughAnother)).hasSize(4);
        assertCode(
                "HZ-SYS-001",
                () ->
                        groups(
                                exclusive("p", "x", Access.none().consuming(HitColumn.TYPE)),
                                exclusive("q", "y", Access.none().consuming(HitColumn.TYPE))));
        assertCode(
                "HZ-SYS-001",
                () ->
                        groups(
                                exclusive("p", "x", Access.none().building(GRID)),
                                exclusive("q", "y", Access.none().building(GRID))));
    }

    @Test
    void shouldLetTheEnginesOwnSystemsCloseTheirStage() {
        assertThat(
                        groups(
                                ranged(
                                        "p",
                                        "move",
                                        Stage.MOVE,
                                        Access.none().writing(PositionColumn.TYPE)),
                                ranged(
                                        "q",
                                        "follow",
                                        Stage.MOVE,
                                        Access.reading(PositionColumn.TYPE).after("engine/carry"))))
                .containsExactly(List.of("p/move"), List.of("engine/carry"), List.of("q/follow"));
    }

    @Test
    void shouldRefuseNamesThatCannotBeFollowed() {
        RegisteredSystem a = writer("p", "a", HealthColumn.TYPE);
        assertCode("HZ-SYS-002", () -> groups(a, a));
        assertCode("HZ-SYS-003", () -> groups(a, reader("q", "b", "p/aa")))
                .hasMessageContaining("p/aa")
                .hasMessageContaining("[p/a]");
        assertThat(groups(a, reader("q", "b", "absent/x"))).hasSize(3);
        assertCode("HZ-SYS-003", () -> groups(reader("p", "a", "p/b"), reader("p", "b", "p/a")));
        assertCode(
                "HZ-SYS-003",
                () ->
                        groups(
                                ranged(
                                        "p",
                                        "early",
                                        Stage.DECIDE,
                                        Access.reading(HealthColumn.TYPE).after("late")),
                                reader("p", "late", "p/early")));
        assertCode(
                "HZ-SYS-004",
                () -> groups(ranged("p", "c", Stage.ACT, Access.none().consuming(HitColumn.TYPE))));
    }

    @Test
    void shouldRefuseADerivedObjectThatNobodyRegistered() {
        assertCode(
                "HZ-SYS-005",
                () -> {
                    try (WorldState world = WorldState.create(1, Parts.TYPES)) {
                        RegisteredSystem user = exclusive("p", "x", Access.none().using(GRID));
                        Schedule.of(world, List.of(user), Map.of(), 1).close();
                    }
                });
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertCode(
            String code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static RegisteredSystem writer(String plugin, String name, ComponentType<?> type) {
        return ranged(plugin, name, Stage.ACT, Access.none().writing(type));
    }

    private static RegisteredSystem reader(String plugin, String name, String after) {
        return ranged(plugin, name, Stage.ACT, Access.reading(HealthColumn.TYPE).after(after));
    }

    private static RegisteredSystem ranged(String plugin, String name, Stage stage, Access access) {
        return new RegisteredSystem(plugin, SystemSpec.of(name, stage, access, (rows, tick) -> {}));
    }

    private static RegisteredSystem exclusive(String plugin, String name, Access access) {
        return new RegisteredSystem(
                plugin, SystemSpec.exclusive(name, Stage.ACT, access, (sweep, tick) -> {}));
    }

    private static List<List<String>> groups(RegisteredSystem... systems) {
        Map<DerivedKey<?>, Supplier<?>> derived = Map.of(GRID, StringBuilder::new);
        try (WorldState world = WorldState.create(1, Parts.TYPES);
                Schedule schedule = Schedule.of(world, List.of(systems), derived, 1)) {
            return schedule.groups();
        }
    }
}
