package dev.horizon.engine.tick;

import dev.horizon.engine.events.Players;

/** What a gateway knows of a session's focus: it is told again when any of it differs. */
final class ToldFocus {
    /** Between two looks; who moves farther has jumped, and may be in none of the channels held. */
    private static final double JUMP_METRES = 1_000;

    private final long[] list = new long[Players.FOCUS_LIST_MAX];
    private boolean isTold;
    private long entity;
    private double sensorMetres;
    private double x;
    private double y;
    private double z;

    /** From now on nothing was told. */
    void forget() {
        isTold = false;
    }

    /**
     * For a session that comes from a snapshot: something was told, for every session is by the end
     * of a tick, and nobody knows what.
     */
    void toldUnknown() {
        isTold = true;
        sensorMetres = Double.NaN;
    }

    boolean isTold() {
        return isTold;
    }

    /** True when the state of a row, with these sensors, isn't what was told; the place aside. */
    boolean differs(SessionStateColumn state, int row, double metres) {
        if (!isTold || entity != state.focus[row] || sensorMetres != metres) {
            return true;
        }
        int from = row * list.length;
        for (int i = 0; i < list.length; i++) {
            if (list[i] != state.focusList[from + i]) {
                return true;
            }
        }
        return false;
    }

    /** True when the place is far from that of the last look. */
    boolean hasJumped(SessionStateColumn state, int row) {
        double dx = state.x[row] - x;
        double dy = state.y[row] - y;
        double dz = state.z[row] - z;
        x = state.x[row];
        y = state.y[row];
        z = state.z[row];
        return !(dx * dx + dy * dy + dz * dz <= JUMP_METRES * JUMP_METRES);
    }

    /** Remembers what is told now. */
    void told(SessionStateColumn state, int row, double metres) {
        isTold = true;
        entity = state.focus[row];
        sensorMetres = metres;
        System.arraycopy(state.focusList, row * list.length, list, 0, list.length);
    }
}
