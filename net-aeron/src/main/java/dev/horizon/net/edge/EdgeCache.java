package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelChecksum;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.FrameCheck;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway knows of the world: every channel that it receives, applied by the receivers'
 * rules, as columns. What came between two gathers is one round; {@link #endRound} begins the next.
 */
public final class EdgeCache {
    /** What became of a frame. */
    public enum Outcome {
        /** It is old, or repeated: nothing to do. */
        OLD,
        /** It follows on what was held. */
        APPLIED,
        /** It begins the channel anew. */
        KEYFRAME,
        /** Something is missing before it: a keyframe is needed. */
        LOST
    }

    private static final int KEYFRAME_FLAG = 1;
    private static final int MORE_FLAG = 2;
    private static final int NEAR_TIER_MAX = 1;

    /** The list of channels that not all may see, after those of each size class and tier. */
    static final int VEILED = 16;

    private static final int LISTS = VEILED + 1;

    final EdgeEntities entities = new EdgeEntities();
    final EdgeTracks tracks = new EdgeTracks();
    final EdgeParts parts = new EdgeParts();
    final EdgeStripped stripped = new EdgeStripped();
    final EdgeAudiences audiences = new EdgeAudiences();
    final Newcomers newcomers = new Newcomers();
    private final Long2ObjectHashMap<EdgeChannel> channels = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<List<EdgeChannel>> split = new Long2ObjectHashMap<>();
    private final List<List<EdgeChannel>> byKind = new ArrayList<>();
    private final int[] heldOfKind = new int[LISTS];
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameDecoder frame = new FrameDecoder();
    private final RecutDecoder recut = new RecutDecoder();
    private final EdgeRows rows = new EdgeRows(entities, tracks, parts, stripped, frame);
    private final EdgeRecut carrier = new EdgeRecut(entities, tracks, rows);
    private long tick;
    private long changes;

    /** A cache that knows nothing. */
    public EdgeCache() {
        for (int kind = 0; kind < LISTS; kind++) {
            byKind.add(new ArrayList<>());
        }
    }

    /** Ticks a second: what the node's welcome said. */
    public void tickHz(int hz) {
        tracks.tickHz(hz);
    }

    /** Ticks a second. */
    public int tickHz() {
        return tracks.tickHz();
    }

    /** The latest tick of a frame. */
    public long tick() {
        return tick;
    }

    /** A tick ended, with or without frames. */
    public void tick(long ended) {
        tick = Math.max(tick, ended);
        changes++;
    }

    /** The node is another now: its numbers and ticks begin anew. */
    public void restart() {
        tick = 0;
        changes++;
        for (EdgeChannel channel : channels.values()) {
            channel.whole = false;
            channel.lastTick = Long.MIN_VALUE;
        }
    }

    /** All clients have been gathered for: what comes now is new to them. */
    public void endRound() {
        tracks.nextRound();
        changes++;
    }

    /** Grows with all that may move an entity, or have it told by another channel. */
    long changes() {
        return changes;
    }

    /** Entities known. */
    public int entityCount() {
        return entities.size();
    }

    /** Channels held. */
    public int channelCount() {
        return channels.size();
    }

    /**
     * Applies a frame, or what a cell that split or merged has others carry over; header included.
     *
     * @throws HorizonException HZ-REP-001 for what is no frame, HZ-REP-002 for one that contradicts
     *     what is held, HZ-REP-003 beyond the cache's bounds; the channel needs a keyframe then
     */
    public Outcome apply(DirectBuffer buffer, int offset, int length) {
        changes++;
        if (FrameCheck.check(buffer, offset, length) == RecutDecoder.TEMPLATE_ID) {
            return recut(buffer, offset);
        }
        frame.wrapAndApplyHeader(buffer, offset, header);
        long channelId = frame.channelId();
        if (!ChannelId.isChannel(channelId)) {
            throw new HorizonException(
                    "HZ-REP-001",
                    "frame refused: "
                            + ChannelId.text(channelId)
                            + " is no cell; the sender is at fault");
        }
        EdgeChannel channel = obtain(channelId);
        int flags = frame.flags();
        long frameTick = frame.tick();
        tick = Math.max(tick, frameTick);
        int sequence = (int) frame.sequence();
        boolean keyframe = (flags & KEYFRAME_FLAG) != 0;
        if (keyframe) {
            if (frameTick < channel.lastTick) {
                return Outcome.OLD;
            }
            channel.replaceAll();
            channel.whole = true;
        } else {
            int ahead = sequence - channel.sequence;
            if (channel.whole && ahead <= 0) {
                return Outcome.OLD;
            }
            if (!channel.whole || ahead > 1) {
                channel.whole = false;
                return Outcome.LOST;
            }
        }
        channel.sequence = sequence;
        channel.lastTick = frameTick;
        try {
            rows.apply(channel);
        } catch (RuntimeException e) {
            channel.whole = false;
            throw e;
        } finally {
            if ((flags & MORE_FLAG) == 0) {
                rows.dropReplaced(channel);
            }
        }
        if (channel.tier > NEAR_TIER_MAX) {
            if (keyframe) {
                channel.tape.begin(buffer, offset, length);
            } else if ((flags & FrameCheck.HIDES) != 0) {
                // What was said of who is hidden now is not for those who come later.
                channel.tape.end();
            } else {
                channel.tape.add(buffer, offset, length);
            }
        }
        return keyframe ? Outcome.KEYFRAME : Outcome.APPLIED;
    }

    /**
     * Bytes of what makes a receiver that begins now whole of a far channel: entries of a bundle,
     * in {@link #tape}.
     *
     * @return 0 where only a new keyframe does
     */
    public int tapeLength(long channelId) {
        EdgeChannel channel = channels.get(key(channelId));
        return channel != null && channel.whole ? channel.tape.length() : 0;
    }

    /** Holds what {@link #tapeLength} counts, from the start; valid until the next frame. */
    public byte[] tape(long channelId) {
        return Objects.requireNonNull(channels.get(key(channelId))).tape.bytes();
    }

    private EdgeChannel obtain(long channelId) {
        EdgeChannel channel = channels.get(key(channelId));
        if (channel == null) {
            channel = new EdgeChannel(channelId, heldOfKind);
            channels.put(key(channelId), channel);
            List<EdgeChannel> kind = byKind.get(channel.list());
            channel.index = kind.size();
            kind.add(channel);
            if (channel.audience != 0) {
                audiences.add(channel);
            } else if (channel.tier <= NEAR_TIER_MAX) {
                newcomers.add(channelId);
            }
            if (ChannelId.level(channelId) > 0) {
                split.computeIfAbsent(key(ChannelId.base(channelId)), base -> new ArrayList<>(8))
                        .add(channel);
            }
        }
        return channel;
    }

    private Outcome recut(DirectBuffer buffer, int offset) {
        recut.wrapAndApplyHeader(buffer, offset, header);
        if (!ChannelId.isRecut(recut.fromChannelId(), recut.toChannelId())) {
            throw new HorizonException(
                    "HZ-REP-001", "recut refused: its cells are apart; the sender is at fault");
        }
        tick = Math.max(tick, recut.tick());
        EdgeChannel from = channels.get(key(recut.fromChannelId()));
        EdgeChannel to = obtain(recut.toChannelId());
        if (from != null) {
            from.tape.end();
        }
        to.tape.end();
        return carrier.apply(recut, from, to);
    }

    /**
     * A beacon named the last sequence of a channel, and the checksum of what receivers hold of it.
     *
     * @return true when the channel lacks something, or is wrong: a keyframe is needed
     */
    public boolean lags(long channelId, int sequence, int checksum) {
        EdgeChannel channel = channels.get(key(channelId));
        if (sequence == 0) {
            return false;
        }
        if (channel == null) {
            return true;
        }
        int behind = sequence - channel.sequence;
        if (channel.whole && (behind < 0 || (behind == 0 && !isWrong(channel, checksum)))) {
            return false;
        }
        channel.whole = false;
        return true;
    }

    /**
     * Compares checksums, where it can: of an entity that another channel tells of meanwhile,
     * nothing is kept.
     */
    private boolean isWrong(EdgeChannel channel, int checksum) {
        // What it holds changes with frames alone, and most channels say nothing for long.
        boolean isProven =
                channel.provenSequence == channel.sequence && channel.provenChecksum == checksum;
        if (checksum == ChannelChecksum.NONE || isProven) {
            return false;
        }
        int sum = 0;
        for (int slot = 0; slot < channel.slots.length; slot++) {
            int entity = channel.slots[slot];
            if (entity == EdgeEntities.NONE) {
                continue;
            }
            int track = EdgeTracks.of(entity, channel.tier);
            if (!tracks.isOwner(track, channel, slot)) {
                return false;
            }
            sum += ChannelChecksum.identity(slot, channel.generations[slot], entities.id[entity]);
            if (tracks.isPlaced(track)) {
                sum += tracks.flights.placeSum(slot, track);
            }
        }
        if (ChannelChecksum.spoken(sum) != checksum) {
            return true;
        }
        channel.provenSequence = channel.sequence;
        channel.provenChecksum = checksum;
        return false;
    }

    /** True when the channel is held and nothing was lost since its last keyframe. */
    public boolean isWhole(long channelId) {
        EdgeChannel channel = channels.get(key(channelId));
        return channel != null && channel.whole;
    }

    /** True when anything was heard of the channel. */
    public boolean holds(long channelId) {
        return channels.containsKey(key(channelId));
    }

    /** Drops a cell that is not subscribed to any more, with all its parts. */
    public void forgetCell(long channelId) {
        for (EdgeChannel part : parts(channelId).toArray(EdgeChannel[]::new)) {
            forget(part.id);
        }
        forget(channelId);
    }

    /** Drops one channel. */
    public void forget(long channelId) {
        EdgeChannel channel = channels.remove(key(channelId));
        if (channel == null) {
            return;
        }
        List<EdgeChannel> kind = byKind.get(channel.list());
        EdgeChannel last = kind.removeLast();
        if (last != channel) {
            kind.set(channel.index, last);
            last.index = channel.index;
        }
        channel.index = EdgeChannel.FORGOTTEN;
        if (ChannelId.level(channelId) > 0) {
            List<EdgeChannel> siblings = split.get(key(ChannelId.base(channelId)));
            siblings.remove(channel);
            if (siblings.isEmpty()) {
                split.remove(key(ChannelId.base(channelId)));
            }
        }
        if (channel.audience != 0) {
            audiences.remove(channel);
        }
        channel.replaceAll();
        rows.dropReplaced(channel);
        changes++;
    }

    /** Neighbouring cells differ in few bits; a map's own hash would put them side by side. */
    static long key(long channelId) {
        long spread = channelId * 0x9E3779B97F4A7C15L;
        return spread ^ spread >>> 32;
    }

    /** The channels held of a size class and tier, {@code 4 * size class + tier}, that all see. */
    public long[] channelIds(int kind) {
        return byKind.get(kind).stream().mapToLong(channel -> channel.id).toArray();
    }

    /**
     * The channels of a size class and tier, or with 16 of audiences, that have said nothing since
     * a tick and hold nothing, or nothing that is sure.
     */
    public long[] silentIds(int kind, long beforeTick) {
        return byKind.get(kind).stream()
                .filter(each -> each.lastTick < beforeTick && (each.held == 0 || !each.whole))
                .mapToLong(each -> each.id)
                .toArray();
    }

    /** The channels held of the parts of a cell of level 0, their parts too. */
    List<EdgeChannel> parts(long channelId) {
        if (split.isEmpty()) {
            return List.of();
        }
        List<EdgeChannel> found = split.get(key(channelId));
        return found == null ? List.of() : found;
    }

    /** True where any cell is known to be split. */
    public boolean hasParts() {
        return !split.isEmpty();
    }

    /** The parts of a cell of level 0 of which anything is held, all of it sure. */
    public long[] partIds(long channelId) {
        return parts(channelId).stream()
                .filter(part -> part.held > 0 && part.whole)
                .mapToLong(part -> part.id)
                .toArray();
    }

    @Nullable EdgeChannel channel(long channelId) {
        return channels.get(key(channelId));
    }

    /** True when no channel of a size class and tier holds anything. */
    boolean isEmpty(int kind) {
        return heldOfKind[kind] == 0;
    }
}
