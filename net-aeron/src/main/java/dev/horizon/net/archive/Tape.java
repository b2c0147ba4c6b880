package dev.horizon.net.archive;

/**
 * A recorded run.
 *
 * @param recordingId its number in the Archive
 * @param startPosition of its first message
 * @param endPosition behind what is recorded of it
 * @param startedAtEpochMillis when it began, in real time
 * @param termLengthBytes messages don't cross multiples of it
 */
public record Tape(
        long recordingId,
        long startPosition,
        long endPosition,
        long startedAtEpochMillis,
        int termLengthBytes) {}
