package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a plugin's class files before they are loaded and refuses what would let two runs of one
 * tape differ. The rules hold for all code of a plugin, setup included, so that they can be told in
 * a sentence: no clock, no randomness but the tick's, no library mathematics but {@link
 * StrictMath}, no collection without an order, no identity, no thread, nothing read from outside;
 * no static field that can change, and no changing field in classes that are called back.
 *
 * <p>It finds mistakes, not malice: reflection, or an array in a final field, passes.
 */
public final class DeterminismCheck {
    /** Violations listed in one error: the rest shows when these are gone. */
    private static final int LISTED_MAX = 20;

    /** Interfaces whose implementations live as long as the plugin, and so must hold no state. */
    private static final List<String> CALLED_BACK =
            List.of(
                    "dev/horizon/engine/plugin/Plugin",
                    "dev/horizon/engine/plugin/CommandSpec$Action",
                    "dev/horizon/engine/systems/SystemTask",
                    "dev/horizon/engine/systems/ExclusiveTask",
                    "dev/horizon/engine/events/EventHandler",
                    "dev/horizon/engine/events/ClientEventHandler");

    /** Types that change in place: as static fields they are state outside columns. */
    private static final List<String> CHANGING =
            List.of(
                    "Ljava/util/ArrayList;",
                    "Ljava/util/LinkedHashMap;",
                    "Ljava/util/LinkedHashSet;",
                    "Ljava/util/TreeMap;",
                    "Ljava/util/ArrayDeque;",
                    "Ljava/lang/StringBuilder;",
                    "Ljava/util/concurrent/atomic/AtomicInteger;",
                    "Ljava/util/concurrent/atomic/AtomicLong;",
                    "Ljava/util/concurrent/atomic/AtomicBoolean;",
                    "Ljava/util/concurrent/atomic/AtomicReference;");

    private static final String STATE_INSTEAD =
            "state lives in columns alone: make it a component, or final";

    private DeterminismCheck() {}

    /**
     * Checks all classes of a plugin.
     *
     * @param origin for the message
     * @param entries of the jar, name to bytes; those that end in {@code .class} are read
     * @throws HorizonException HZ-PLG-010 with the places to change; HZ-PLG-001 for a class file
     *     that can't be read
     */
    public static void check(String origin, Map<String, byte[]> entries) {
        List<Violation> violations = violations(origin, entries);
        if (violations.isEmpty()) {
            return;
        }
        StringBuilder message =
                new StringBuilder(origin)
                        .append(" would not replay to the same bits; change ")
                        .append(violations.size() == 1 ? "this place:" : "these places:");
        for (Violation violation : violations.subList(0, Math.min(LISTED_MAX, violations.size()))) {
            message.append("\n  ").append(violation);
        }
        if (violations.size() > LISTED_MAX) {
            message.append("\n  and ").append(violations.size() - LISTED_MAX).append(" more");
        }
        throw new HorizonException("HZ-PLG-010", message.toString());
    }

    /** The places to change, in order of classes and lines. */
    public static List<Violation> violations(String origin, Map<String, byte[]> entries) {
        List<Violation> found = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().endsWith(".class") && !entry.getKey().startsWith("META-INF/")) {
                try {
                    check(ClassFile.of().parse(entry.getValue()), found);
                } catch (IllegalArgumentException e) {
                    throw new HorizonException(
                            "HZ-PLG-001",
                            origin
                                    + ": "
                                    + entry.getKey()
                                    + " is no readable class file ("
                                    + e.getMessage()
                                    + "); build the jar again",
                            e);
                }
            }
        }
        return found;
    }

    private static void check(ClassModel model, List<Violation> found) {
        if (isGeneratedColumn(model) || isSlowWork(model)) {
            return;
        }
        String name = model.thisClass().asInternalName().replace('/', '.');
        String source =
                model.findAttribute(Attributes.sourceFile())
                        .map(file -> file.sourceFile().stringValue())
                        .orElse(name);
        boolean calledBack =
                model.interfaces().stream()
                        .anyMatch(type -> CALLED_BACK.contains(type.asInternalName()));
        for (FieldModel field : model.fields()) {
            checkField(field, name, source, calledBack, found);
        }
        for (MethodModel method : model.methods()) {
            method.code()
                    .ifPresent(code ->
                            new CodeCheck(name, method.methodName().stringValue(), source, found)
                                    .check(code));
        }
    }

    /** Columns are the engine's own code, and the very place where state belongs. */
    private static boolean isGeneratedColumn(ClassModel model) {
        return model.superclass()
                .map(type -> type.asInternalName().equals("dev/horizon/engine/world/Column"))
                .orElse(false);
    }

    /** It runs off the tick, and its answer is recorded: it may read what it likes. */
    private static boolean isSlowWork(ClassModel model) {
        return model.interfaces().stream()
                .anyMatch(type ->
                        type.asInternalName().equals("dev/horizon/engine/plugin/AsyncTask"));
    }

    private static void checkField(
            FieldModel field,
            String name,
            String source,
            boolean calledBack,
            List<Violation> found) {
        boolean isStatic = field.flags().has(AccessFlag.STATIC);
        boolean isFinal = field.flags().has(AccessFlag.FINAL);
        boolean isSynthetic = field.flags().has(AccessFlag.SYNTHETIC);
        ClassDesc type = field.fieldTypeSymbol();
        if (isSynthetic) {
            return;
        }
        if (!isFinal && (isStatic || calledBack)) {
            found.add(
                    new Violation(
                            name,
                            field.fieldName().stringValue(),
                            source,
                            isStatic ? "a static field that can change" : "a field that can change",
                            STATE_INSTEAD));
        } else if ((isStatic || calledBack) && CHANGING.contains(type.descriptorString())) {
            found.add(
                    new Violation(
                            name,
                            field.fieldName().stringValue(),
                            source,
                            "a field whose " + type.displayName() + " can change",
                            STATE_INSTEAD));
        }
    }
}
