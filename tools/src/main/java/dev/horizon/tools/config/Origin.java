package dev.horizon.tools.config;

import java.nio.file.Path;

/** Where a value comes from. */
public sealed interface Origin {
    /** In words, for tables and errors. */
    String describe();

    /**
     * A flag of the command line.
     *
     * @param flag as typed, such as {@code --tick-hz}
     */
    record Flag(String flag) implements Origin {
        @Override
        public String describe() {
            return "flag " + flag;
        }
    }

    /**
     * An environment variable.
     *
     * @param variable its name
     */
    record Environment(String variable) implements Origin {
        @Override
        public String describe() {
            return "environment " + variable;
        }
    }

    /**
     * A line of a TOML file.
     *
     * @param path as given
     * @param line counted from 1; 0 where the line isn't known
     */
    record File(Path path, int line) implements Origin {
        @Override
        public String describe() {
            return line > 0 ? path + ":" + line : path.toString();
        }
    }

    /** Nobody set it. */
    record Default() implements Origin {
        @Override
        public String describe() {
            return "default";
        }
    }
}
