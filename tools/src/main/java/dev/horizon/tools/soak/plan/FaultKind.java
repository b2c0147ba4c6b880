package dev.horizon.tools.soak.plan;

/** What may go wrong on purpose. */
public enum FaultKind {
    /**
     * kill -9 of the node, or of a process of a mesh, which is started again after {@code
     * duration}.
     */
    KILL(true),
    /** SIGSTOP of the node or process, and SIGCONT after {@code duration}. */
    PAUSE(true),
    /** {@code share} per cent of the players read nothing for {@code duration}. */
    SLOW_CLIENTS(false),
    /**
     * {@code rate} per cent of the datagrams to players who come over Aeron, or to {@code share}
     * per cent of them, are lost for {@code duration}.
     */
    LOSS(false),
    /** {@code plugin} is reloaded. */
    RELOAD(false),
    /** {@code raiders} who mean harm, of every kind, for {@code duration}. */
    HOSTILE(false),
    /**
     * {@code share} per cent of a processor is taken for {@code duration} by nobody in particular;
     * without a share as much as the raiders before it took themselves, to be compared with.
     */
    BURN(false);

    private final boolean isOfProcess;

    FaultKind(boolean isOfProcess) {
        this.isOfProcess = isOfProcess;
    }

    /** True for what is done to a process. */
    public boolean isOfProcess() {
        return isOfProcess;
    }

    /** As it is typed. */
    public String word() {
        return SoakPlan.word(name());
    }
}
