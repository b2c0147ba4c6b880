package dev.horizon.tools;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A virtual machine like this one, for a process that lives for seconds. */
public final class ChildJvm {
    private ChildJvm() {}

    /** The beginning of a command line: this one's flags, and the quick compiler alone. */
    public static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("-") && !flag.startsWith("-javaagent")) {
                command.add(flag);
            }
        }
        command.add("-XX:TieredStopAtLevel=1");
        return command;
    }
}
