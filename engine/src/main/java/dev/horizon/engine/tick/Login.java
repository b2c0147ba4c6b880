package dev.horizon.engine.tick;

import org.agrona.DirectBuffer;

/** A SessionOpened input, read; the profile stays in the buffer. */
record Login(
        long sessionId,
        long playerId,
        int gatewayId,
        boolean resumed,
        long resumeNonce,
        String name,
        String remoteAddress,
        DirectBuffer buffer,
        int profileOffset,
        int profileLength) {}
