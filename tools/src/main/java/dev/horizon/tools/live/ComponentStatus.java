package dev.horizon.tools.live;

import java.util.List;
import java.util.Set;

/**
 * One component.
 *
 * @param name in queries and on the wire
 * @param rowBytes of one entity
 * @param tiers at which clients receive it
 * @param fields in order of declaration
 */
public record ComponentStatus(
        String name, int rowBytes, Set<String> tiers, List<FieldStatus> fields) {
    /**
     * One field.
     *
     * @param name as declared
     * @param kind of one element
     * @param length elements
     */
    public record FieldStatus(String name, String kind, int length) {}
}
