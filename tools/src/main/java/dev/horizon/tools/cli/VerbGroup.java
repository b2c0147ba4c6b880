package dev.horizon.tools.cli;

import java.util.List;

/** A verb that has verbs of its own, each a command. */
interface VerbGroup {
    /** The commands, in the order of the help. */
    List<Object> verbs();
}
