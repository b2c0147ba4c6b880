package dev.horizon.mesh.coordinator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Who speaks, as proven to the cluster.
 *
 * @param role what they may say
 * @param name of the node; of an operator, anything
 */
public record Principal(Role role, String name) {
    /** What a principal may say. */
    public enum Role {
        /** Claims, reports and goodbyes of the node with its name. */
        NODE,
        /** Questions and orders. */
        OPERATOR
    }

    /** As bytes: the role's name, a space, the name. */
    public byte[] encode() {
        return (role.name() + " " + name).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * From bytes.
     *
     * @throws IllegalArgumentException when they aren't those of a principal
     */
    public static Principal decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("no principal in " + Arrays.toString(bytes));
        }
        return new Principal(Role.valueOf(text.substring(0, space)), text.substring(space + 1));
    }
}
