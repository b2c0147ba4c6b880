package dev.horizon.engine.events;

import dev.horizon.engine.world.EntityId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The players with a session on this node. Messages leave with the tick's other effects, once its
 * inputs are recorded; the record becomes JSON or bytes on another thread.
 */
public interface Players {
    /** Entities of a focus list. */
    int FOCUS_LIST_MAX = 16;

    /** Audiences that one player may be of. */
    int AUDIENCES_MAX = 8;

    /** All of them, in order of login. */
    List<Player> all();

    /** A player by number, or null where they have no session here. */
    @Nullable Player find(long playerId);

    /** A player by name, or null where they have no session here. */
    @Nullable Player named(String name);

    /**
     * Sends an event to one player.
     *
     * @throws IllegalArgumentException when (namespace, event, record) wasn't declared by {@link
     *     EventRegistrar#toClient}
     */
    void send(Player to, Record event);

    /** Sends an event to every player on this node. */
    void sendAll(Record event);

    /** Sets the entity whose place decides what the player sees: usually the ship they fly. */
    void focus(Player player, EntityId entity);

    /** The entity set by {@link #focus}, or {@link EntityId#NONE}. */
    EntityId focus(Player player);

    /** The players whose focus an entity is, in order of login. */
    List<Player> seeingFrom(EntityId entity);

    /**
     * Sets the entities that matter most to the player after the one of their focus: what they aim
     * at, their fleet, where they dock, the first before the second. They are shown first and
     * closest. Part of the session's state, until it is set anew; those that end are left out.
     *
     * @throws IllegalArgumentException for more than {@link #FOCUS_LIST_MAX}
     */
    void focusList(Player player, List<EntityId> entities);

    /**
     * Sets what audiences the player is of: they see what is veiled for these (see {@link
     * dev.horizon.engine.world.Veil}), and nothing else that is veiled. Part of the session's
     * state, until it is set anew; a new session is of none.
     *
     * @param audiences their numbers, each once; an empty list for none
     * @throws IllegalArgumentException for more than {@link #AUDIENCES_MAX}, or a number below 1 or
     *     beyond 65,535
     */
    void audiences(Player player, List<Integer> audiences);

    /**
     * What was noted about a player under a key, now or in an earlier session; null where nothing
     * was. Part of their profile.
     */
    @Nullable String metadata(Player player, String key);

    /**
     * Notes something about a player; an empty value removes the note.
     *
     * @param key at most 32 bytes of UTF-8
     * @param value at most 160 bytes of UTF-8
     * @throws IllegalArgumentException when either is longer
     */
    void metadata(Player player, String key, String value);

    /** Ends a session with a reason that the player is told. */
    void disconnect(Player player, String code, String reason);
}
