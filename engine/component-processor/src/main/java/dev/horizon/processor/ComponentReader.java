package dev.horizon.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Reads a record's declaration into a model, or says what is wrong with it. */
final class ComponentReader {
    private static final int ARRAY_LENGTH_MAX = 64;
    private static final int TEXT_BYTES_MAX = 255;
    private static final int ENUM_CONSTANTS_MAX = 127;

    private final Elements elements;

    ComponentReader(Elements elements) {
        this.elements = elements;
    }

    ComponentModel read(Element element) throws Problem {
        if (element.getKind() != ElementKind.RECORD) {
            throw new Problem(
                    element, "@Component goes on a record; " + element + " is none: make it one");
        }
        TypeElement record = (TypeElement) element;
        if (!record.getTypeParameters().isEmpty()) {
            throw new Problem(
                    record, "component " + record + " has type parameters; columns can't have any");
        }
        String packageName = elements.getPackageOf(record).getQualifiedName().toString();
        boolean isPublic = requireReachable(record);
        String simple = record.getSimpleName().toString();
        if (Names.RESERVED_TYPES.contains(simple)) {
            throw new Problem(
                    record,
                    "generated code uses the name " + simple + " itself; rename the record");
        }
        List<? extends RecordComponentElement> components = record.getRecordComponents();
        List<FieldModel> fields = new ArrayList<>();
        FieldModel key = null;
        Set<String> constants = new HashSet<>();
        for (RecordComponentElement component : components) {
            FieldModel field = field(record, component, packageName);
            requireFreeNames(record, component, field, constants);
            if (field.isKey() && key != null) {
                throw new Problem(
                        component,
                        called(record, component)
                                + ": "
                                + key.name()
                                + " is the @Key already; a component has one");
            }
            key = field.isKey() ? field : key;
            fields.add(field);
        }
        String declared = text(value(record, Names.COMPONENT, "value"));
        return new ComponentModel(
                packageName,
                inPackage(record, packageName),
                simple + "Column",
                declared.isEmpty() ? simple : declared,
                isPublic,
                tiers(record),
                isCosmetic(record),
                fields);
    }

    private static boolean requireReachable(TypeElement record) throws Problem {
        boolean isPublic = true;
        for (Element e = record; e instanceof TypeElement; e = e.getEnclosingElement()) {
            if (e.getModifiers().contains(Modifier.PRIVATE)) {
                throw new Problem(
                        record,
                        "component "
                                + record
                                + " is private; generated code needs it visible in its package");
            }
            isPublic &= e.getModifiers().contains(Modifier.PUBLIC);
        }
        return isPublic;
    }

    private FieldModel field(TypeElement record, RecordComponentElement field, String packageName)
            throws Problem {
        TypeMirror type = field.asType();
        boolean isArray = type.getKind() == TypeKind.ARRAY;
        TypeMirror one = isArray ? ((ArrayType) type).getComponentType() : type;
        FieldModel.Kind kind = kind(record, field, one, isArray);
        int length = length(record, field, kind, isArray);
        List<String> constants =
                kind == FieldModel.Kind.ENUM ? constants(record, field, one) : List.of();
        return new FieldModel(
                field.getSimpleName().toString(),
                kind,
                isArray,
                length,
                quantum(record, field, kind),
                typeName(one, packageName),
                constants,
                text(value(field, Names.RENAMED_FROM, "value")),
                isKey(record, field, kind, isArray));
    }

    private static FieldModel.Kind kind(
            TypeElement record, RecordComponentElement field, TypeMirror one, boolean isArray)
            throws Problem {
        if (one.getKind().isPrimitive()) {
            return FieldModel.Kind.valueOf(one.getKind().name());
        }
        if (one.getKind() == TypeKind.DECLARED) {
            TypeElement element = (TypeElement) ((DeclaredType) one).asElement();
            if (element.getQualifiedName().contentEquals(Names.ENTITY_ID)) {
                return FieldModel.Kind.ENTITY;
            }
            if (element.getKind() == ElementKind.ENUM) {
                return FieldModel.Kind.ENUM;
            }
            if (element.getQualifiedName().contentEquals("java.lang.String") && !isArray) {
                return FieldModel.Kind.TEXT;
            }
        }
        throw new Problem(
                field,
                called(record, field)
                        + " is of type "
                        + field.asType()
                        + ", which no column can hold: use a primitive, an enum, EntityId, a String"
                        + " with @MaxLength, or an array of primitives, enums or EntityId with"
                        + " @Length; a list is made of child entities");
    }

    private int length(
            TypeElement record, RecordComponentElement field, FieldModel.Kind kind, boolean isArray)
            throws Problem {
        AnnotationValue length = value(field, Names.LENGTH, "value");
        AnnotationValue maxLength = value(field, Names.MAX_LENGTH, "value");
        boolean isText = kind == FieldModel.Kind.TEXT;
        if (isArray && length == null) {
            throw new Problem(
                    field, called(record, field) + " is an array: say its length with @Length(n)");
        }
        if (isText && maxLength == null) {
            throw new Problem(
                    field,
                    called(record, field)
                            + " is a text: say how many bytes of UTF-8 fit with @MaxLength(n)");
        }
        if (!isArray && length != null || !isText && maxLength != null) {
            throw new Problem(
                    field,
                    called(record, field)
                            + (length != null
                                    ? ": @Length belongs on an array"
                                    : ": @MaxLength belongs on a String"));
        }
        AnnotationValue given = isText ? maxLength : length;
        if (given == null) {
            return 1;
        }
        int most = isText ? TEXT_BYTES_MAX : ARRAY_LENGTH_MAX;
        int n = (Integer) given.getValue();
        if (n < 1 || n > most) {
            throw new Problem(
                    field, called(record, field) + " has length " + n + ", 1 to " + most + " fit");
        }
        return n;
    }

    private List<String> constants(
            TypeElement record, RecordComponentElement field, TypeMirror type) throws Problem {
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        for (Element e = element; e instanceof TypeElement; e = e.getEnclosingElement()) {
            if (e.getModifiers().contains(Modifier.PRIVATE)) {
                throw new Problem(
                        field,
                        called(record, field)
                                + ": the enum "
                                + element
                                + " is private; generated code needs to see it");
            }
        }
        List<String> names = new ArrayList<>();
        for (Element e : element.getEnclosedElements()) {
            if (e.getKind() == ElementKind.ENUM_CONSTANT) {
                names.add(e.getSimpleName().toString());
            }
        }
        if (names.isEmpty() || names.size() > ENUM_CONSTANTS_MAX) {
            throw new Problem(
                    field,
                    called(record, field)
                            + ": the enum "
                            + element
                            + " has "
                            + names.size()
                            + " constants, 1 to "
                            + ENUM_CONSTANTS_MAX
                            + " fit");
        }
        return names;
    }

    private double quantum(TypeElement record, RecordComponentElement field, FieldModel.Kind kind)
            throws Problem {
        AnnotationValue quantum = value(field, Names.QUANTUM, "value");
        if (quantum == null) {
            return 0;
        }
        double step = (Double) quantum.getValue();
        boolean floating = kind == FieldModel.Kind.FLOAT || kind == FieldModel.Kind.DOUBLE;
        if (!floating || !(step > 0) || Double.isInfinite(step)) {
            throw new Problem(
                    field,
                    called(record, field)
                            + ": @Quantum is a step greater than 0 of a float or double");
        }
        return step;
    }

    private static boolean isKey(
            TypeElement record, RecordComponentElement field, FieldModel.Kind kind, boolean isArray)
            throws Problem {
        for (AnnotationMirror mirror : field.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals(Names.KEY)) {
                boolean fits = kind == FieldModel.Kind.LONG || kind == FieldModel.Kind.ENTITY;
                if (isArray || !fits) {
                    throw new Problem(
                            field,
                            called(record, field)
                                    + " is of type "
                                    + field.asType()
                                    + ": a @Key is a long or an EntityId");
                }
                return true;
            }
        }
        return false;
    }

    private static void requireFreeNames(
            TypeElement record,
            RecordComponentElement component,
            FieldModel field,
            Set<String> constants)
            throws Problem {
        boolean hasAccessor = field.kind() == FieldModel.Kind.ENUM || field.isWide();
        List<String> used = new ArrayList<>();
        used.add(field.name());
        if (field.isWide()) {
            used.add(field.lengthConstant());
        }
        if (field.kind() == FieldModel.Kind.ENUM) {
            used.add(field.valuesConstant());
        }
        for (String name : used) {
            if (name.equals("TYPE") || !constants.add(name)) {
                throw collision(record, component, name);
            }
        }
        if (hasAccessor && Names.RESERVED_ACCESSORS.contains(field.name())) {
            throw collision(record, component, field.name());
        }
    }

    private static Problem collision(
            TypeElement record, RecordComponentElement field, String name) {
        return new Problem(
                field,
                called(record, field)
                        + ": its column would declare the name "
                        + name
                        + " twice; rename the field");
    }

    private List<String> tiers(TypeElement record) {
        AnnotationValue tiers = value(record, Names.REPLICATED, "value");
        List<String> names = new ArrayList<>();
        if (tiers != null) {
            for (Object tier : (List<?>) tiers.getValue()) {
                Object constant = ((AnnotationValue) tier).getValue();
                names.add(((VariableElement) constant).getSimpleName().toString());
            }
        }
        return names;
    }

    private boolean isCosmetic(TypeElement record) {
        AnnotationValue cosmetic = value(record, Names.REPLICATED, "cosmetic");
        return cosmetic != null && cosmetic.getValue().equals(true);
    }

    private @Nullable AnnotationValue value(Element element, String annotation, String key) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals(annotation)) {
                for (var entry : elements.getElementValuesWithDefaults(mirror).entrySet()) {
                    if (entry.getKey().getSimpleName().contentEquals(key)) {
                        return entry.getValue();
                    }
                }
            }
        }
        return null;
    }

    private static String text(@Nullable AnnotationValue value) {
        return value == null ? "" : value.getValue().toString();
    }

    private String typeName(TypeMirror type, String packageName) {
        if (type.getKind() != TypeKind.DECLARED) {
            return type.getKind().name().toLowerCase(Locale.ROOT);
        }
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        String home = elements.getPackageOf(element).getQualifiedName().toString();
        return home.equals(packageName)
                ? inPackage(element, packageName)
                : element.getQualifiedName().toString();
    }

    private static String inPackage(TypeElement element, String packageName) {
        String qualified = element.getQualifiedName().toString();
        return packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1);
    }

    private static String called(TypeElement record, RecordComponentElement field) {
        return "field " + record.getSimpleName() + "." + field.getSimpleName();
    }
}
