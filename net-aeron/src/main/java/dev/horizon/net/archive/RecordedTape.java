package dev.horizon.net.archive;

/** A tape that is being recorded here: a node's own, or a standby's copy. Any thread. */
public interface RecordedTape {
    /** Which recording it is. */
    long recordingId();

    /** The position up to which {@code kill -9} of this process can lose nothing. */
    long recordedPosition();

    /** False when the Archive records it no more. */
    boolean isRecording();
}
