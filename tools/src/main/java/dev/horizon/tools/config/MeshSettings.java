package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import java.time.Duration;
import java.util.List;

/**
 * Who decides which node owns which region.
 *
 * @param coordinators members of the coordinator, host:port each
 * @param member which of them this process is
 * @param keyFile the secret that the mesh shares
 * @param host of this process, as members reach it
 * @param joinTimeout how long a start waits for the coordinator
 * @param leaderTimeout how long members wait for a silent leader
 */
@Doc(
        "Who decides which node owns which region. Without coordinators each node owns what it is configured with.")
public record MeshSettings(
        @Default("")
                @Doc(
                        "Members of the coordinator, host:port each, the first of five UDP ports; the same list everywhere.")
                List<String> coordinators,
        @Default("0")
                @Range(min = 0, max = 6)
                @Doc("Which of them `horizon coordinator` is, from 0.")
                int member,
        @Default("")
                @Doc(
                        "File of the secret that members, nodes and operators share; empty for mesh.key in node.data-dir, which development makes.")
                String keyFile,
        @Default("127.0.0.1")
                @Doc("Address of this process, as members of the coordinator reach it.")
                String host,
        @Default("30s")
                @Range(min = 1, max = 3_600)
                @Doc("How long a start waits for the coordinator.")
                Duration joinTimeout,
        @Default("1s")
                @Range(min = 1, max = 60)
                @Doc(
                        "A leader that is silent for so long is replaced, after half as long again; the same for all members. More for machines that pause.")
                Duration leaderTimeout) {
    /** True when a coordinator decides. */
    public boolean isCoordinated() {
        return !coordinators.isEmpty();
    }
}
