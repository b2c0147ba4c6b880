package dev.horizon.processor;

import java.util.List;

/**
 * What one component record declares, checked.
 *
 * @param packageName of the record and of its column
 * @param record the record as code in its package names it: {@code Outer.Hull} where nested
 * @param column simple name of the generated class
 * @param wireName name on the wire and in tools
 * @param isPublic true when plugins elsewhere may use it
 * @param tiers names of the tiers that it is replicated at
 * @param isCosmetic true where changes of it may be told later
 * @param fields in order of declaration
 */
record ComponentModel(
        String packageName,
        String record,
        String column,
        String wireName,
        boolean isPublic,
        List<String> tiers,
        boolean isCosmetic,
        List<FieldModel> fields) {}
