package dev.horizon.net.edge;

import java.util.Arrays;
import org.agrona.collections.IntArrayQueue;
import org.agrona.collections.Long2LongHashMap;

/**
 * The entities that a gateway has heard of, numbered densely, and what rides in what. A number is
 * used again only long after its entity has left, with another incarnation: so a viewer can tell.
 */
final class EdgeEntities {
    static final int NONE = -1;

    /** Numbers that rest before they are used again. */
    private static final int RESTING_MIN = 1_024;

    private static final int CAPACITY_FIRST = 256;

    private final Long2LongHashMap byId = new Long2LongHashMap(NONE);
    private final Long2LongHashMap orphans = new Long2LongHashMap(NONE);
    private final IntArrayQueue resting = new IntArrayQueue(NONE);
    private int count;

    long[] id = new long[0];
    int[] incarnation = new int[0];
    long[] parentId = new long[0];
    float[] radius = new float[0];
    byte[] sizeClass = new byte[0];
    int[] firstRider = new int[0];
    int[] nextRider = new int[0];

    /** Slots of channels that hold it. */
    private int[] slots = new int[0];

    private boolean[] gone = new boolean[0];

    int capacity() {
        return id.length;
    }

    int size() {
        return byId.size();
    }

    int find(long entityId) {
        return (int) byId.get(entityId);
    }

    /** True when the number is that of the entity now. */
    boolean isNumberOf(int number, long entityId) {
        return number >= 0 && number < count && slots[number] > 0 && id[number] == entityId;
    }

    /** The entity's number, a new one where it was not known; one slot more holds it. */
    int hold(long entityId, int newSizeClass, float newRadius, long newParentId) {
        int entity = find(entityId);
        if (entity == NONE) {
            entity = allocate(entityId);
            sizeClass[entity] = (byte) newSizeClass;
            radius[entity] = newRadius;
            parentId[entity] = newParentId;
            linkRider(entity);
            adopt(entity);
        }
        slots[entity]++;
        return entity;
    }

    /** True when the entity is described otherwise now. */
    boolean describe(int entity, int newSizeClass, float newRadius, long newParentId) {
        if (sizeClass[entity] == newSizeClass
                && Float.floatToRawIntBits(radius[entity]) == Float.floatToRawIntBits(newRadius)
                && parentId[entity] == newParentId) {
            return false;
        }
        sizeClass[entity] = (byte) newSizeClass;
        radius[entity] = newRadius;
        if (parentId[entity] != newParentId) {
            unlinkRider(entity);
            parentId[entity] = newParentId;
            linkRider(entity);
        }
        return true;
    }

    /** One slot less holds it; without any it is forgotten. */
    void release(int entity, boolean isGone) {
        if (isGone) {
            gone[entity] = true;
        }
        if (--slots[entity] > 0) {
            return;
        }
        unlinkRider(entity);
        for (int rider = firstRider[entity]; rider != NONE; ) {
            int next = nextRider[rider];
            nextRider[rider] = (int) orphans.get(id[entity]);
            orphans.put(id[entity], rider);
            rider = next;
        }
        byId.remove(id[entity]);
        incarnation[entity]++;
        resting.addInt(entity);
    }

    /** True when that incarnation was removed from the world, as far as is known. */
    boolean isGone(int entity, int mark) {
        return gone[entity] && (incarnation[entity] == mark || incarnation[entity] == mark + 1);
    }

    private int allocate(long entityId) {
        int entity;
        if (resting.size() > RESTING_MIN || (count == id.length && !resting.isEmpty())) {
            entity = resting.pollInt();
        } else {
            if (count == id.length) {
                grow(Math.max(CAPACITY_FIRST, count + (count >> 1)));
            }
            entity = count++;
        }
        id[entity] = entityId;
        incarnation[entity]++;
        slots[entity] = 0;
        gone[entity] = false;
        firstRider[entity] = NONE;
        nextRider[entity] = NONE;
        byId.put(entityId, entity);
        return entity;
    }

    private void linkRider(int entity) {
        long carrierId = parentId[entity];
        if (carrierId == 0) {
            return;
        }
        int carrier = find(carrierId);
        if (carrier == NONE) {
            nextRider[entity] = (int) orphans.get(carrierId);
            orphans.put(carrierId, entity);
        } else {
            nextRider[entity] = firstRider[carrier];
            firstRider[carrier] = entity;
        }
    }

    private void unlinkRider(int entity) {
        long carrierId = parentId[entity];
        if (carrierId == 0) {
            return;
        }
        int carrier = find(carrierId);
        int first = carrier == NONE ? (int) orphans.get(carrierId) : firstRider[carrier];
        if (first == entity) {
            setFirst(carrierId, carrier, nextRider[entity]);
        } else {
            int before = first;
            while (before != NONE && nextRider[before] != entity) {
                before = nextRider[before];
            }
            if (before != NONE) {
                nextRider[before] = nextRider[entity];
            }
        }
        nextRider[entity] = NONE;
    }

    private void setFirst(long carrierId, int carrier, int rider) {
        if (carrier != NONE) {
            firstRider[carrier] = rider;
        } else if (rider == NONE) {
            orphans.remove(carrierId);
        } else {
            orphans.put(carrierId, rider);
        }
    }

    private void adopt(int entity) {
        if (!orphans.isEmpty()) {
            int first = (int) orphans.remove(id[entity]);
            firstRider[entity] = first;
        }
    }

    private void grow(int capacity) {
        id = Arrays.copyOf(id, capacity);
        incarnation = Arrays.copyOf(incarnation, capacity);
        parentId = Arrays.copyOf(parentId, capacity);
        radius = Arrays.copyOf(radius, capacity);
        sizeClass = Arrays.copyOf(sizeClass, capacity);
        firstRider = Arrays.copyOf(firstRider, capacity);
        nextRider = Arrays.copyOf(nextRider, capacity);
        slots = Arrays.copyOf(slots, capacity);
        gone = Arrays.copyOf(gone, capacity);
    }
}
