package dev.horizon.tools.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.horizon.ecs.planted.Fickle;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Same build, snapshot and inputs give the same bits on every machine: code that runs in the tick
 * uses nothing whose result differs. What legitimately does is named in {@link Exemption}.
 */
@Tag("architecture")
class DeterminismTest {
    /** Rooms whose code runs in the tick. */
    private static final DescribedPredicate<JavaClass> IN_THE_TICK =
            JavaClass.Predicates.resideInAnyPackage(
                    "dev.horizon.engine.world..",
                    "dev.horizon.engine.systems..",
                    "dev.horizon.engine.events..",
                    "dev.horizon.engine.plugin..",
                    "dev.horizon.engine.storage..",
                    "dev.horizon.engine.schedule..",
                    "dev.horizon.engine.dispatch..",
                    "dev.horizon.engine.channels..",
                    "dev.horizon.engine.tick..",
                    "dev.horizon.ecs..",
                    "dev.horizon.plugins..");

    private static List<String> violations(Ban ban, JavaClasses classes) {
        return classes.stream()
                .filter(IN_THE_TICK)
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(ban::forbids)
                .filter(access -> !Exemption.covers(outermost(access.getOriginOwner()), ban))
                .map(JavaAccess::getDescription)
                .sorted()
                .toList();
    }

    private static List<String> mutableStatics(JavaClasses classes) {
        return classes.stream()
                .filter(IN_THE_TICK)
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaField::getFullName)
                .sorted()
                .toList();
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    @ParameterizedTest
    @EnumSource
    void shouldUseNothingBannedInsideTheTick(Ban ban) {
        assertThat(violations(ban, House.classes())).as(ban.reason()).isEmpty();
    }

    @Test
    void shouldKeepNoMutableStaticInsideTheTick() {
        assertThat(mutableStatics(House.classes())).as("state lives in columns").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchEachBannedUse(Ban ban) {
        assertThat(violations(ban, new ClassFileImporter().importClasses(Fickle.class)))
                .as(ban.name())
                .isNotEmpty()
                .allMatch(text -> text.contains("Fickle"));
    }

    @Test
    void shouldCatchAMutableStatic() {
        assertThat(mutableStatics(new ClassFileImporter().importClasses(Fickle.class)))
                .containsExactly("dev.horizon.ecs.planted.Fickle.lastRoll");
    }

    @Test
    void shouldNeedEveryExemption() {
        List<String> unused = new ArrayList<>();
        for (Exemption exemption : Exemption.ALL) {
            boolean needed =
                    House.classes().stream()
                            .filter(type -> outermost(type).equals(exemption.type()))
                            .flatMap(type -> type.getAccessesFromSelf().stream())
                            .anyMatch(exemption.ban()::forbids);
            if (!needed) {
                unused.add(exemption.type() + " " + exemption.ban());
            }
        }
        assertThat(new TreeSet<>(unused)).as("exemptions that nothing uses any more").isEmpty();
    }
}
