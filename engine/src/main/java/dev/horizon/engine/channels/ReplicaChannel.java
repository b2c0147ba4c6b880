package dev.horizon.engine.channels;

import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One channel as a receiver holds it. */
final class ReplicaChannel {
    private static final int SLOTS_MAX = 1 << 16;

    final long id;
    final Tier tier;

    /** Nothing was lost since the last keyframe. */
    boolean whole;

    int sequence;
    long lastTick;
    long askedTick = Long.MIN_VALUE / 2;

    /** Keyframes asked for since it was whole. */
    int askedTimes;

    /** What a keyframe replaces, kept until its last frame so that entities don't flicker. */
    final List<ReplicaSlot> replaced = new ArrayList<>();

    private @Nullable ReplicaSlot[] slots = new ReplicaSlot[0];
    private int held;

    ReplicaChannel(long id) {
        this.id = id;
        this.tier = ChannelId.tier(id);
    }

    int held() {
        return held;
    }

    @Nullable ReplicaSlot slot(int number) {
        return number < slots.length ? slots[number] : null;
    }

    void put(int number, ReplicaSlot slot) {
        if (number >= slots.length) {
            slots = Arrays.copyOf(slots, Math.min(SLOTS_MAX, Math.max(number + 1, number * 2)));
        }
        slots[number] = slot;
        held++;
    }

    @Nullable ReplicaSlot take(int number) {
        ReplicaSlot slot = slot(number);
        if (slot != null) {
            slots[number] = null;
            held--;
        }
        return slot;
    }

    /** True when what it holds isn't what a beacon's checksum says. */
    boolean contradicts(long checksum) {
        // An older sender's beacons have no such field.
        return checksum != ChannelChecksum.NONE
                && checksum != BeaconDecoder.ChannelsDecoder.checksumNullValue()
                && replaced.isEmpty()
                && checksum() != (int) checksum;
    }

    private int checksum() {
        int sum = 0;
        for (int number = 0; number < slots.length; number++) {
            ReplicaSlot slot = slots[number];
            if (slot != null) {
                sum += ChannelChecksum.identity(number, slot.generation, slot.entity.id().value());
                if (slot.hasPlace) {
                    double[] place = slot.place;
                    sum +=
                            ChannelChecksum.place(
                                    number, slot.placeTick, place[0], place[1], place[2]);
                }
            }
        }
        return ChannelChecksum.spoken(sum);
    }

    /** Puts all slots among those to be replaced. */
    void replaceAll() {
        for (int i = 0; i < slots.length; i++) {
            ReplicaSlot slot = slots[i];
            if (slot != null) {
                replaced.add(slot);
                slots[i] = null;
            }
        }
        held = 0;
    }
}
