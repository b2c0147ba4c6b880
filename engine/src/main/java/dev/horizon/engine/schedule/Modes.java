package dev.horizon.engine.schedule;

import dev.horizon.engine.systems.Access.Mode;

/** Sets of access modes, one bit each. */
final class Modes {
    static final int WRITE = PlannedSystem.bit(Mode.WRITE);
    static final int UPDATE = PlannedSystem.bit(Mode.UPDATE);
    static final int OPTIONAL_READ = PlannedSystem.bit(Mode.OPTIONAL_READ);
    static final int OPTIONAL_UPDATE = PlannedSystem.bit(Mode.OPTIONAL_UPDATE);
    static final int LOOKUP = PlannedSystem.bit(Mode.LOOKUP);
    static final int EMIT = PlannedSystem.bit(Mode.EMIT);
    static final int CONSUME = PlannedSystem.bit(Mode.CONSUME);
    static final int WITHOUT = PlannedSystem.bit(Mode.WITHOUT);
    static final int COLUMN_WRITES = WRITE | UPDATE | OPTIONAL_UPDATE;
    static final int ANY_WRITE = COLUMN_WRITES | PlannedSystem.bit(Mode.SPAWN) | EMIT | CONSUME;

    /** Of the component that marks ghosts: their rows are visited, alone or too. */
    static final int GHOST_ROWS = PlannedSystem.bit(Mode.READ) | OPTIONAL_READ;

    static final int REQUIRED = PlannedSystem.bit(Mode.READ) | WRITE | UPDATE;
    static final int ANY_UPDATE = UPDATE | OPTIONAL_UPDATE;
    static final int OPTIONAL = OPTIONAL_READ | OPTIONAL_UPDATE;

    /** What an exclusive system may look up: also what it reads and writes by row. */
    static final int LOOKUP_EXCLUSIVE = LOOKUP | REQUIRED | OPTIONAL;

    private Modes() {}
}
