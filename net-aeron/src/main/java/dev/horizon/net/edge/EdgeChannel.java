package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelChecksum;
import dev.horizon.engine.channels.ChannelId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One channel as the gateway receives it: its numbers, and which entity is in which slot. */
final class EdgeChannel {
    /** The gateway has it no more. */
    static final int FORGOTTEN = -1;

    private static final int SLOTS_MAX = 1 << 16;

    final long id;
    final int tier;

    /** Size class and tier in one number. */
    final int kind;

    /** Who alone may see what it tells; 0 for all. */
    final int audience;

    /** Where it stands in its list, or {@link #FORGOTTEN}. */
    int index;

    int sequence;
    boolean whole;

    /** The last frame after which it was found to hold what the node's checksum said, and that. */
    int provenSequence;

    int provenChecksum = ChannelChecksum.NONE;
    long lastTick;
    int placeExponent;
    int velocityExponent;
    int accelerationExponent;
    int held;

    /** Of these, how many the viewer looked at by {@link Silence} holds near. */
    int nearCount;

    int nearStamp;

    /** Of a near channel that a viewer looked at. */
    @Nullable Roster roster;

    /** Of a far channel. */
    final EdgeTape tape = new EdgeTape();

    /** Entity by slot, or {@link EdgeEntities#NONE}. */
    int[] slots = new int[0];

    byte[] generations = new byte[0];

    /** What a keyframe replaces, until its last frame. */
    int[] replaced = new int[0];

    int replacedCount;

    /** Slots in use by all channels of each list. */
    private final int[] heldOfKind;

    EdgeChannel(long id, int[] heldOfKind) {
        this.id = id;
        this.heldOfKind = heldOfKind;
        this.tier = ChannelId.tier(id).ordinal();
        this.audience = ChannelId.audience(id);
        this.kind = ChannelId.sizeClass(id).ordinal() * EdgeTracks.TIERS + tier;
    }

    /** Which of the cache's lists it is in: that of its kind, or of what isn't for all. */
    int list() {
        return audience == 0 ? kind : EdgeCache.VEILED;
    }

    boolean isForgotten() {
        return index == FORGOTTEN;
    }

    int entity(int slot) {
        return slot < slots.length ? slots[slot] : EdgeEntities.NONE;
    }

    void put(int slot, int generation, int entity) {
        int before = slots.length;
        if (slot >= before) {
            slots = Arrays.copyOf(slots, Math.min(SLOTS_MAX, Math.max(slot + 1, slot * 3 / 2)));
            Arrays.fill(slots, before, slots.length, EdgeEntities.NONE);
            generations = Arrays.copyOf(generations, slots.length);
        }
        generations[slot] = (byte) generation;
        slots[slot] = entity;
        held++;
        heldOfKind[list()]++;
    }

    void free(int slot) {
        slots[slot] = EdgeEntities.NONE;
        held--;
        heldOfKind[list()]--;
    }

    /** One more entity is to be replaced. */
    void replace(int entity) {
        if (replaced.length == replacedCount) {
            replaced = Arrays.copyOf(replaced, replacedCount * 2 + 1);
        }
        replaced[replacedCount++] = entity;
    }

    /** Puts all that it holds among what is to be replaced. */
    void replaceAll() {
        if (replaced.length < replacedCount + held) {
            replaced = Arrays.copyOf(replaced, replacedCount + held);
        }
        for (int slot = 0; slot < slots.length && held > 0; slot++) {
            if (slots[slot] != EdgeEntities.NONE) {
                replaced[replacedCount++] = slots[slot];
                free(slot);
            }
        }
    }
}
