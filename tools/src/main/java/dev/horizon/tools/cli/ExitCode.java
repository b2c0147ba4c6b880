package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import java.util.List;

/** What the shell is told. */
public final class ExitCode {
    /** All went well. */
    public static final int OK = 0;

    /** Something broke that the caller could not have known. */
    public static final int FAULT = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    /** A threshold failed, or two runs diverged. */
    public static final int THRESHOLD = 3;

    /** This machine lacks something: a free port, memory, a JDK, a node to talk to. */
    public static final int ENVIRONMENT = 4;

    /** A plugin's code didn't return: the next start goes on without that plugin. */
    public static final int AGAIN = 5;

    /** Configuration, command line, and what the API was asked wrongly. */
    private static final List<String> USAGE_PREFIXES =
            List.of(
                    "HZ-CFG-",
                    "HZ-CLI-",
                    "HZ-API-002",
                    "HZ-API-007",
                    "HZ-TAPE-02",
                    "HZ-MESH-016",
                    "HZ-MESH-040",
                    "HZ-STB-012",
                    "HZ-SOAK-001",
                    "HZ-SOAK-004");

    /** What this machine lacks: also a free port, and a production key. */
    private static final List<String> ENVIRONMENT_PREFIXES =
            List.of(
                    "HZ-ENV-",
                    "HZ-GW-00",
                    "HZ-MESH-017",
                    "HZ-MESH-018",
                    "HZ-MESH-019",
                    "HZ-MESH-041",
                    "HZ-SOAK-");

    /** A standby's tick came to another world. */
    private static final String DIVERGENCE = "HZ-STB-003";

    private ExitCode() {}

    /** The exit code of a fault: configuration and queries are usage, ENV codes environment. */
    static int of(HorizonException fault) {
        String code = fault.code();
        if (code.equals(DIVERGENCE)) {
            return THRESHOLD;
        }
        if (USAGE_PREFIXES.stream().anyMatch(code::startsWith)) {
            return USAGE;
        }
        return ENVIRONMENT_PREFIXES.stream().anyMatch(code::startsWith) ? ENVIRONMENT : FAULT;
    }
}
