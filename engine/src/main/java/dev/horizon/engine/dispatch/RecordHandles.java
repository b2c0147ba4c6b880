package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventField.Kind;
import dev.horizon.engine.world.EntityId;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * Composes method handles that make a record from a {@link PayloadReader} and write one to a {@link
 * PayloadWriter}: primitives pass without boxing.
 */
final class RecordHandles {
    private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

    private RecordHandles() {}

    /** A handle of type (PayloadReader)Record. */
    static MethodHandle reader(Class<? extends Record> type) {
        return recordReader(type).asType(MethodType.methodType(Record.class, PayloadReader.class));
    }

    /** Handles of type (PayloadWriter, Record)void, one per field in order. */
    static MethodHandle[] fieldWriters(Class<?> type) {
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, OWN);
            RecordComponent[] components = type.getRecordComponents();
            MethodHandle[] writers = new MethodHandle[components.length];
            for (int i = 0; i < components.length; i++) {
                MethodHandle accessor = inside.unreflect(components[i].getAccessor());
                writers[i] =
                        MethodHandles.filterArguments(fieldWriter(components[i]), 1, accessor)
                                .asType(
                                        MethodType.methodType(
                                                void.class, PayloadWriter.class, Record.class));
            }
            return writers;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + type.getName() + " can't be read", e);
        }
    }

    private static MethodHandle recordReader(Class<?> type) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            MethodHandle make =
                    MethodHandles.privateLookupIn(type, OWN)
                            .findConstructor(type, MethodType.methodType(void.class, types));
            if (components.length == 0) {
                return MethodHandles.dropArguments(make, 0, PayloadReader.class);
            }
            // The argument wrapped last is read first, so wrapping backwards reads in order.
            for (int i = components.length - 1; i >= 0; i--) {
                make = MethodHandles.collectArguments(make, i, fieldReader(components[i]));
            }
            return MethodHandles.permuteArguments(
                    make,
                    MethodType.methodType(type, PayloadReader.class),
                    new int[components.length]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + type.getName() + " can't be made", e);
        }
    }

    private static MethodHandle fieldReader(RecordComponent component)
            throws ReflectiveOperationException {
        if (component.getType() != List.class) {
            return valueReader(component.getType());
        }
        Class<?> element = RecordShape.listElement(component.getGenericType(), component.getName());
        MethodHandle one =
                valueReader(element)
                        .asType(MethodType.methodType(Object.class, PayloadReader.class));
        return MethodHandles.insertArguments(
                own(PayloadReader.class, "readList", List.class, MethodHandle.class), 1, one);
    }

    private static MethodHandle valueReader(Class<?> type) throws ReflectiveOperationException {
        return switch (RecordShape.kind(type, type.getName())) {
            case BOOLEAN ->
                    own(PayloadReader.class, "readBoolean", boolean.class).asType(returning(type));
            case INT -> own(PayloadReader.class, "readInt", int.class).asType(returning(type));
            case LONG -> own(PayloadReader.class, "readLong", long.class).asType(returning(type));
            case FLOAT ->
                    own(PayloadReader.class, "readFloat", float.class).asType(returning(type));
            case DOUBLE ->
                    own(PayloadReader.class, "readDouble", double.class).asType(returning(type));
            case TEXT -> own(PayloadReader.class, "readText", String.class);
            case ENTITY -> own(PayloadReader.class, "readEntity", EntityId.class);
            case ENUM ->
                    MethodHandles.insertArguments(
                                    own(
                                            PayloadReader.class,
                                            "readConstant",
                                            Object.class,
                                            Object[].class),
                                    1,
                                    (Object) type.getEnumConstants())
                            .asType(returning(type));
            case RECORD -> recordReader(type);
        };
    }

    private static MethodHandle fieldWriter(RecordComponent component)
            throws ReflectiveOperationException {
        if (component.getType() != List.class) {
            return valueWriter(component.getType());
        }
        Class<?> element = RecordShape.listElement(component.getGenericType(), component.getName());
        MethodHandle one = valueWriter(element).asType(taking(Object.class));
        return MethodHandles.insertArguments(
                own(PayloadWriter.class, "writeList", void.class, MethodHandle.class, List.class),
                1,
                one);
    }

    private static MethodHandle valueWriter(Class<?> type) throws ReflectiveOperationException {
        Kind kind = RecordShape.kind(type, type.getName());
        MethodHandle handle =
                switch (kind) {
                    case BOOLEAN ->
                            own(PayloadWriter.class, "writeBoolean", void.class, boolean.class);
                    case INT -> own(PayloadWriter.class, "writeInt", void.class, int.class);
                    case LONG -> own(PayloadWriter.class, "writeLong", void.class, long.class);
                    case FLOAT -> own(PayloadWriter.class, "writeFloat", void.class, float.class);
                    case DOUBLE ->
                            own(PayloadWriter.class, "writeDouble", void.class, double.class);
                    case TEXT -> own(PayloadWriter.class, "writeText", void.class, String.class);
                    case ENTITY ->
                            own(PayloadWriter.class, "writeEntity", void.class, EntityId.class);
                    case ENUM ->
                            own(PayloadWriter.class, "writeConstant", void.class, Object.class);
                    case RECORD ->
                            MethodHandles.insertArguments(
                                    own(
                                            PayloadWriter.class,
                                            "writeRecord",
                                            void.class,
                                            MethodHandle[].class,
                                            Record.class),
                                    1,
                                    (Object) fieldWriters(type));
                };
        return handle.asType(taking(type));
    }

    private static MethodHandle own(
            Class<?> owner, String name, Class<?> returns, Class<?>... parameters)
            throws ReflectiveOperationException {
        return OWN.findVirtual(owner, name, MethodType.methodType(returns, parameters));
    }

    private static MethodType returning(Class<?> type) {
        return MethodType.methodType(type, PayloadReader.class);
    }

    private static MethodType taking(Class<?> type) {
        return MethodType.methodType(void.class, PayloadWriter.class, type);
    }
}
