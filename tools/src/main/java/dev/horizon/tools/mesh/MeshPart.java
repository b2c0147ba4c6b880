package dev.horizon.tools.mesh;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One process of a local mesh.
 *
 * @param name unique in it; also of its folder, log and file
 * @param role what it does
 * @param config its TOML file
 * @param address where players or browsers find it; empty for a member of the coordinator
 */
public record MeshPart(String name, Role role, Path config, String address) {
    /** What a process does; in order of their start. */
    public enum Role {
        /** Decides who owns what. */
        COORDINATOR("of the coordinator, at"),
        /** Owns regions and ticks. */
        NODE("star map"),
        /** Holds players' connections. */
        GATEWAY("gateway at");

        private final String ready;

        Role(String ready) {
            this.ready = ready;
        }

        /** The verb of the command line that runs it. */
        public String verb() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What it says once others can reach it. */
        String ready() {
            return ready;
        }
    }
}
