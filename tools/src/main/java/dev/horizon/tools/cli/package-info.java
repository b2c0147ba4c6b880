/** The {@code horizon} command: verbs, exit codes, and how faults are told to a person. */
@NullMarked
package dev.horizon.tools.cli;

import org.jspecify.annotations.NullMarked;
