package dev.horizon.tools.live;

import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Tier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One component.
 *
 * @param name in queries and on the wire
 * @param wireId stands for the name in frames
 * @param rowBytes of one entity
 * @param tiers at which clients receive it
 * @param fields in order of declaration
 */
public record ComponentStatus(
        String name, int wireId, int rowBytes, Set<String> tiers, List<FieldStatus> fields) {
    /**
     * One field.
     *
     * @param name as declared
     * @param kind of one element
     * @param length elements, or the most bytes of a text
     * @param constants of an enum by ordinal, else empty
     */
    public record FieldStatus(String name, String kind, int length, List<String> constants) {}

    /** As a component type describes itself. */
    public static ComponentStatus of(ComponentType<?> type) {
        return new ComponentStatus(
                type.name(),
                type.wireId(),
                type.rowBytes(),
                type.tiers().stream()
                        .map(Tier::name)
                        .collect(Collectors.toCollection(TreeSet::new)),
                type.fields().stream()
                        .map(field ->
                                new FieldStatus(
                                        field.name(),
                                        field.kind().name(),
                                        field.length(),
                                        field.constants()))
                        .toList());
    }
}
