package dev.horizon.engine.tick;

import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.ports.SessionSink;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import dev.horizon.schemas.session.TickEndEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What ticks caused and what may not leave before their inputs are recorded: frames, messages to
 * sessions, profiles. A tick's frames go before its messages, so that its end can say how many
 * went. On the tick thread; allocates nothing.
 */
final class HeldEffects implements FrameHold {
    /** Among frames: the end of a tick; beyond the tiers. */
    private static final int TICK_END = Tier.values().length;

    /** Room that frames leave for the end of their tick. */
    private static final int TICK_END_BYTES = 64;

    private static final int FRAMES_AT =
            MessageHeaderEncoder.ENCODED_LENGTH + TickEndEncoder.framesEncodingOffset();

    /** By tier, the nearest first, side by side. */
    private static final int TIER_FRAMES_AT =
            MessageHeaderEncoder.ENCODED_LENGTH + TickEndEncoder.closeFramesEncodingOffset();

    private static final int TEMPLATE_AT = MessageHeaderEncoder.templateIdEncodingOffset();

    private static final int NO_MESSAGE = -1;

    private final EffectRing frames;
    private final EffectRing messages;
    private final EffectRing profiles;
    private final Borders borders;
    private final FrameSink frameSink;
    private final SessionSink sessionSink;
    private final ReplicationEncoder encoder;
    private final TickMetrics metrics;
    private final EffectRing.Release frameRelease = this::releaseFrame;
    private final EffectRing.Release messageRelease = this::releaseMessage;
    private final Tier[] tiers = Tier.values();
    private final byte[] nothing = {};
    private final DirectBuffer empty = new UnsafeBuffer(nothing);
    private int tickEndAt = NO_MESSAGE;
    private final int[] releasedFrames = new int[TICK_END];

    HeldEffects(TickLoopBuilder from, TickMetrics metrics) {
        TickConfig config = from.config;
        frames = new EffectRing(config.heldFrameBytes(), config.heldTicksMax());
        messages = new EffectRing(config.heldMessageBytes(), config.heldTicksMax());
        profiles = new EffectRing(config.heldProfileBytes(), config.heldTicksMax());
        borders = new Borders(from);
        frameSink = from.frameSink;
        sessionSink = from.sessionSink;
        encoder = from.encoder;
        this.metrics = metrics;
    }

    EffectRing messages() {
        return messages;
    }

    EffectRing profiles() {
        return profiles;
    }

    Borders borders() {
        return borders;
    }

    /** Ticks that aren't recorded yet. */
    int heldTicks() {
        return frames.heldTicks();
    }

    /** True while something waits for the recorder or a sink. */
    boolean isHolding() {
        return !(messages.isEmpty() && frames.isEmpty() && profiles.isEmpty());
    }

    @Override
    public boolean offer(Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {
        boolean isHeld =
                fits(length) && frames.add(tier.ordinal(), channelId, buffer, offset, length);
        if (isHeld) {
            metrics.frame(tier, length);
        } else {
            metrics.increment(Counter.FRAMES_REFUSED);
        }
        return isHeld;
    }

    @Override
    public boolean fits(int length) {
        return frames.fits(length + TICK_END_BYTES);
    }

    /** Where the last message of the current tick stands among the messages, or -1. */
    void tickEnd(int at) {
        tickEndAt = at;
    }

    /** Ends the current tick: its effects may leave once the log has recorded the position. */
    void endTick(long inputsPosition) {
        frames.add(TICK_END, tickEndAt, empty, 0, 0);
        tickEndAt = NO_MESSAGE;
        frames.endTick(inputsPosition);
        messages.endTick(inputsPosition);
        profiles.endTick(inputsPosition);
        borders.look();
    }

    /** Lets go what is recorded. */
    void release(long recordedPosition, EffectRing.Release profileSink) {
        frames.release(recordedPosition, frameRelease);
        messages.release(recordedPosition, messageRelease);
        profiles.release(recordedPosition, profileSink);
    }

    /** A frame that can't leave is dropped and made again: nobody needs an old one. */
    private boolean releaseFrame(
            int tier, long channelId, DirectBuffer buffer, int offset, int length) {
        if (tier == TICK_END) {
            tellFrames((int) channelId);
        } else if (encoder.mayRelease(channelId, buffer, offset)) {
            if (frameSink.offer(tiers[tier], channelId, buffer, offset, length)) {
                encoder.released(channelId, buffer, offset);
                if (isFrame(buffer, offset)) {
                    releasedFrames[tier]++;
                }
            } else {
                encoder.lost(channelId, buffer, offset);
                metrics.increment(Counter.FRAMES_LOST);
            }
        }
        return true;
    }

    private void tellFrames(int messageAt) {
        int sum = 0;
        for (int tier = 0; tier < TICK_END; tier++) {
            if (messageAt != NO_MESSAGE) {
                messages.putInt(
                        messageAt + TIER_FRAMES_AT + tier * Integer.BYTES, releasedFrames[tier]);
            }
            sum += releasedFrames[tier];
            releasedFrames[tier] = 0;
        }
        if (messageAt != NO_MESSAGE) {
            messages.putInt(messageAt + FRAMES_AT, sum);
        }
    }

    /** Beacons go the same way, but nobody waits for them. */
    private static boolean isFrame(DirectBuffer buffer, int offset) {
        int template = buffer.getShort(offset + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN);
        return template == FrameEncoder.TEMPLATE_ID;
    }

    private boolean releaseMessage(
            int kind, long sessionId, DirectBuffer buffer, int offset, int length) {
        return sessionSink.offer(buffer, offset, length);
    }
}
