package dev.horizon.processor;

import java.util.Set;

/** The engine's names that generated code refers to, and those that it needs for itself. */
final class Names {
    static final String WORLD = "dev.horizon.engine.world";
    static final String COMPONENT = WORLD + ".Component";
    static final String REPLICATED = WORLD + ".Replicated";
    static final String LENGTH = WORLD + ".Length";
    static final String MAX_LENGTH = WORLD + ".MaxLength";
    static final String QUANTUM = WORLD + ".Quantum";
    static final String RENAMED_FROM = WORLD + ".RenamedFrom";
    static final String KEY = WORLD + ".Key";
    static final String ENTITY_ID = WORLD + ".EntityId";

    /** Simple names that every generated file imports or declares: no record may hide them. */
    static final Set<String> RESERVED_TYPES =
            Set.of(
                    "Arrays",
                    "ByteOrder",
                    "Cells",
                    "Collections",
                    "Column",
                    "ComponentField",
                    "ComponentType",
                    "DirectBuffer",
                    "EntityId",
                    "EntityIdMapping",
                    "EnumSet",
                    "Generated",
                    "List",
                    "MutableDirectBuffer",
                    "Objects",
                    "RowHash",
                    "Set",
                    "System",
                    "Tier");

    /** Methods of a column with one row as their parameter: no accessor may hide them. */
    static final Set<String> RESERVED_ACCESSORS =
            Set.of(
                    "row",
                    "clearRow",
                    "markRow",
                    "markRange",
                    "isRangeMarked",
                    "isRowMarked",
                    "changedAt");

    private Names() {}
}
