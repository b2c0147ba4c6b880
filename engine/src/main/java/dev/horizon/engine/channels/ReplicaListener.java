package dev.horizon.engine.channels;

/** What a {@link ReplicaView} tells its owner while it applies messages. */
public interface ReplicaListener {
    /** A channel lost something, or is new without a keyframe: ask its node for one. */
    void onKeyframeNeeded(long channelId);

    /** An entity is held for the first time. */
    default void onEnter(ReplicaEntity entity) {}

    /**
     * Nothing holds an entity any more.
     *
     * @param gone true when it is no longer in the world, as far as the last channel knew
     */
    default void onLeave(ReplicaEntity entity, boolean gone) {}
}
