package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;

/**
 * What a node knows of its standby, and what it may let go of therefore. A standby becomes {@link
 * Stage#ATTACHED} in two steps: first the node holds back what the standby hasn't recorded, then,
 * once the standby has recorded all that has left before, it learns that it may take over. It is
 * let go of only when it said that it never will, or when who decides it vouches for that. Pure:
 * time comes in. One thread, but for what is said.
 */
public final class NodePact {
    /** All that is recorded here may leave. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** A standby that isn't attached and says nothing for so long is forgotten. */
    private static final int FORGET_SILENCES = 10;

    /** How far behind a standby may be that attaches. */
    private static final long BEHIND_BYTES_MAX = 256 << 10;

    private final Survivor survivor;
    private final long silenceNanos;
    private volatile Stage stage = Stage.NONE;
    private volatile long acknowledged = -1;
    private volatile long limit = UNLIMITED;
    private volatile long heardAtNanos;
    private volatile long verifiedTick;
    private long attachFrom;
    private long life;
    private long home;
    private boolean isKnown;

    /** Of a node that has no standby yet. */
    public static NodePact of(StandbyConfig config) {
        return new NodePact(config.survivor(), config.silenceNanos());
    }

    /**
     * Without a standby.
     *
     * @param silenceNanos after which the other is taken for silent
     */
    NodePact(Survivor survivor, long silenceNanos) {
        this.survivor = survivor;
        this.silenceNanos = silenceNanos;
    }

    /**
     * A life of a standby asks for a copy. One of the same folder proves, by the folder's lock,
     * that the life before is gone, and by asking that it has not taken over.
     *
     * @return true when it is to have it; false when it has it already
     * @throws HorizonException HZ-STB-004 when another is there
     */
    boolean hello(long ofLife, long ofHome, long nowNanos) {
        if (isKnown && life == ofLife) {
            return false;
        }
        if (stage == Stage.REPLACED || (stage != Stage.NONE && home != ofHome)) {
            throw new HorizonException(
                    "HZ-STB-004",
                    "the node has a standby already ("
                            + stage.name().toLowerCase(java.util.Locale.ROOT)
                            + "): stop that one, or let go of it with 'horizon standby detach'");
        }
        isKnown = true;
        life = ofLife;
        home = ofHome;
        acknowledged = -1;
        verifiedTick = 0;
        heardAtNanos = nowNanos;
        limit = UNLIMITED;
        stage = Stage.COPYING;
        return true;
    }

    /** The tape is on its way to it. */
    void feeding() {
        if (stage == Stage.COPYING) {
            stage = Stage.CATCHING_UP;
        }
    }

    /** A standby says how far it is, and what it claims. */
    void acknowledge(long ofLife, long position, long tick, Claim claim, long nowNanos) {
        if (!isKnown || ofLife != life) {
            return;
        }
        heardAtNanos = nowNanos;
        switch (claim) {
            case COPYING, READY -> {}
            case FOLLOWING, UNFED -> {
                acknowledged = Math.max(acknowledged, position);
                verifiedTick = tick;
                if (limit != UNLIMITED) {
                    limit = acknowledged;
                }
            }
            case TAKING_OVER -> {
                if (stage == Stage.ATTACHED || stage == Stage.DETACHING) {
                    stage = Stage.REPLACED;
                }
            }
            case STOOD_DOWN -> letGo();
        }
    }

    /** True while the tape goes to it. */
    boolean isFed() {
        return switch (stage) {
            case CATCHING_UP, ATTACHING, ATTACHED, DETACHING -> true;
            case NONE, COPYING, REPLACED -> false;
        };
    }

    /** True when it has nearly all: {@link #hold} is next. */
    boolean isNear(long recorded, long tick, int tickHz) {
        return stage == Stage.CATCHING_UP
                && recorded - acknowledged <= BEHIND_BYTES_MAX
                && verifiedTick >= tick - tickHz;
    }

    /** From now on nothing leaves that it hasn't recorded. */
    void hold() {
        limit = Math.max(0, acknowledged);
        attachFrom = Long.MAX_VALUE;
        stage = Stage.ATTACHING;
    }

    /**
     * What has left before {@link #hold} is before this position.
     *
     * @param recorded here, read after holding
     */
    void held(long recorded) {
        attachFrom = recorded;
    }

    /** True when it has recorded all that has left: {@link #attach} is next. */
    boolean isCovered() {
        return stage == Stage.ATTACHING && acknowledged >= attachFrom;
    }

    /** It may take over; whoever starts this node's folder again has to know that before. */
    void attach() {
        stage = Stage.ATTACHED;
    }

    /**
     * Looks at the time.
     *
     * @return true when the standby was let go of for its silence
     */
    boolean poll(long nowNanos) {
        long silence = nowNanos - heardAtNanos;
        boolean isLetGo =
                switch (stage) {
                    case COPYING, CATCHING_UP, ATTACHING ->
                            silence > FORGET_SILENCES * silenceNanos;
                    case ATTACHED, DETACHING -> survivor == Survivor.NODE && silence > silenceNanos;
                    case NONE, REPLACED -> false;
                };
        if (isLetGo) {
            letGo();
        }
        return isLetGo;
    }

    /** Asks the standby never to take over; until it says so, nothing changes. */
    void detach() {
        switch (stage) {
            case COPYING, CATCHING_UP, ATTACHING -> letGo();
            case ATTACHED -> stage = Stage.DETACHING;
            case NONE, DETACHING, REPLACED -> {}
        }
    }

    /** An operator vouches that the standby is gone, and has not taken over. */
    void confirmGone() {
        if (stage != Stage.REPLACED) {
            letGo();
        }
    }

    private void letGo() {
        if (stage != Stage.REPLACED) {
            stage = Stage.NONE;
            limit = UNLIMITED;
        }
    }

    /** What the standby is. Any thread. */
    public Stage stage() {
        return stage;
    }

    /** True while the standby may take over. Any thread. */
    public boolean isAttached() {
        Stage now = stage;
        return now == Stage.ATTACHED || now == Stage.DETACHING;
    }

    /** Up to which position of the tape effects may leave; any thread, allocates nothing. */
    public long limit() {
        return limit;
    }

    /** What the standby has recorded, -1 before it said so. Any thread. */
    public long acknowledged() {
        return acknowledged;
    }

    /** The last tick that the standby ran again. Any thread. */
    public long verifiedTick() {
        return verifiedTick;
    }

    /** How long it says nothing. Any thread. */
    public long silenceNanos(long nowNanos) {
        return stage == Stage.NONE ? 0 : Math.max(0, nowNanos - heardAtNanos);
    }

    /** Who goes on alone. */
    public Survivor survivor() {
        return survivor;
    }

    /** The life that is spoken to. */
    long life() {
        return life;
    }

    /** True once a standby was there. */
    boolean isKnown() {
        return isKnown;
    }
}
