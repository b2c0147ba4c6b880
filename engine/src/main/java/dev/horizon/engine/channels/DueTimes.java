package dev.horizon.engine.channels;

import dev.horizon.engine.systems.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * When the channels of one tier come due: each has a phase by the hash of its id, so that they
 * spread over the period. Only channels with something to look at are in the lists.
 */
final class DueTimes {
    private static final long MILLI = 1_000;

    private final long milliHz;
    private final long tickMilliHz;
    private final int period;
    private final @Nullable Channel[] heads;
    private int stretch = 1;

    /** Rates at or above the tick rate mean every tick. */
    DueTimes(double rateHz, int tickHz) {
        tickMilliHz = tickHz * MILLI;
        milliHz = Math.max(1, Math.min(tickMilliHz, Math.round(rateHz * MILLI)));
        period = (int) ((tickMilliHz + milliHz - 1) / milliHz);
        heads = new Channel[period];
    }

    /** The most ticks between two times at which a channel is due by its rate. */
    int period() {
        return period;
    }

    /** Lets channels come due at one in so many of their times alone; 1 for all. */
    void stretch(int times) {
        stretch = times;
    }

    /** The most ticks between two times at which a channel is due now. */
    int longestWait() {
        return period * stretch;
    }

    /** The channels of a phase that have something to look at: the head of a list. */
    @Nullable Channel head(int phase) {
        return heads[phase];
    }

    /** True when channels of the phase are due at the tick. Exact in the long run for any rate. */
    boolean isDue(int phase, long tick) {
        long at = (tick + phase) * milliHz;
        return Math.floorMod(at, tickMilliHz) < milliHz && isItsTurn(phase, at);
    }

    /** Writes the phases that are due at a tick from a place on; answers where they end. */
    int duePhases(long tick, int[] phases, int from) {
        int count = from;
        long at = tick * milliHz;
        // One division for all phases: there may be hundreds.
        long since = Math.floorMod(at, tickMilliHz);
        for (int phase = 0; phase < period; phase++) {
            if (since < milliHz && isItsTurn(phase, at)) {
                phases[count++] = phase;
            }
            at += milliHz;
            since += milliHz;
            since -= since >= tickMilliHz ? tickMilliHz : 0;
        }
        return count;
    }

    private boolean isItsTurn(int phase, long at) {
        return stretch == 1 || Math.floorMod(Math.floorDiv(at, tickMilliHz) + phase, stretch) == 0;
    }

    /** All parts of a cell have that of the whole: what moves between them is looked at in time. */
    int phase(long channelId) {
        return (int) Long.remainderUnsigned(Randomness.mix(ChannelId.base(channelId)), period);
    }

    /** Puts a channel on its list, where it isn't yet. */
    void schedule(Channel channel) {
        if (channel.scheduled) {
            return;
        }
        Channel head = heads[channel.phase];
        channel.previousDue = null;
        channel.nextDue = head;
        if (head != null) {
            head.previousDue = channel;
        }
        heads[channel.phase] = channel;
        channel.scheduled = true;
    }

    void unschedule(Channel channel) {
        Channel before = channel.previousDue;
        Channel after = channel.nextDue;
        if (before == null) {
            heads[channel.phase] = after;
        } else {
            before.nextDue = after;
        }
        if (after != null) {
            after.previousDue = before;
        }
        channel.nextDue = null;
        channel.previousDue = null;
        channel.scheduled = false;
    }
}
