package dev.horizon.engine.tick;

import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import org.agrona.DirectBuffer;

/**
 * Whose profiles were kept lately, when they left. What leaves a tick is stored milliseconds later:
 * who comes back before that brings along what they had before, and would play on with it. Such a
 * login isn't taken yet; whoever offers it looks the profile up again. Not part of the world: what
 * it decides is which inputs are recorded. Tick thread; allocates nothing but for who comes back.
 */
final class Departures {
    /** Who left within the same moments; of more, the first are forgotten. */
    private static final int COUNT_MAX = 1_024;

    /** A profile that was not stored by then will not be: its player comes back with the older. */
    private static final int SECONDS_MAX = 10;

    private final ProfileForm form;
    private final long ticksMax;
    private final long[] players = new long[COUNT_MAX];
    private final long[] ticks = new long[COUNT_MAX];
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private int next;

    Departures(ProfileForm form, int tickHz) {
        this.form = form;
        this.ticksMax = (long) SECONDS_MAX * tickHz;
    }

    /** A player's profile was kept as of a tick. */
    void left(long playerId, long tick) {
        players[next] = playerId;
        ticks[next] = tick;
        next = (next + 1) % COUNT_MAX;
    }

    /** True for a login whose profile is older than what its player left behind. */
    boolean isBehind(DirectBuffer buffer, int offset, int length, long now) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + SessionOpenedDecoder.BLOCK_LENGTH) {
            return false;
        }
        header.wrap(buffer, offset);
        if (header.templateId() != SessionOpenedDecoder.TEMPLATE_ID
                || header.schemaId() != SessionOpenedDecoder.SCHEMA_ID) {
            return false;
        }
        opened.wrapAndApplyHeader(buffer, offset, header);
        if (opened.resumed() != Login.Kind.NEW.ordinal()) {
            return false;
        }
        long left = leftAt(opened.playerId());
        return left > 0 && now - left <= ticksMax && profileTick(buffer, offset + length) < left;
    }

    private long leftAt(long playerId) {
        long latest = 0;
        for (int i = 0; i < COUNT_MAX; i++) {
            if (players[i] == playerId) {
                latest = Math.max(latest, ticks[i]);
            }
        }
        return latest;
    }

    /** As of when the login's profile is; what can't be read is refused later, with its reason. */
    private long profileTick(DirectBuffer buffer, int end) {
        try {
            opened.skipPlayerName();
            opened.skipRemoteAddress();
            int length = opened.profileLength();
            int at = opened.limit() + SessionOpenedDecoder.profileHeaderLength();
            if (length < 0 || length > end - at) {
                return Long.MAX_VALUE;
            }
            return length == 0 ? 0 : form.read(buffer, at, length).tick();
        } catch (RuntimeException malformed) {
            return Long.MAX_VALUE;
        }
    }
}
