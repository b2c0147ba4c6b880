package dev.horizon.tools.doctor;

import dev.horizon.net.streams.TransportSelfTest;

/**
 * What was measured of this machine. A size of -1 could not be read here.
 *
 * @param javaFeature feature release of the running Java
 * @param javaCompiler true on a JDK, false on a JRE
 * @param cores that this process may use
 * @param memoryBytes available without swapping
 * @param sharedMemoryBytes free in /dev/shm
 * @param openFilesMax of this process
 * @param receiveBufferBytesMax of a UDP socket
 * @param loopback true when a connection over 127.0.0.1 works
 * @param streams which kinds of streams carry a message here
 * @param port what became of an attempt to listen on the node's port
 * @param dataDir the state of the data folder
 * @param diskBytes free where the data folder is, or will be
 * @param pluginJars in the plugin folder
 * @param browser path of a Chromium, or empty
 */
public record Machine(
        int javaFeature,
        boolean javaCompiler,
        int cores,
        long memoryBytes,
        long sharedMemoryBytes,
        long openFilesMax,
        long receiveBufferBytesMax,
        boolean loopback,
        TransportSelfTest streams,
        PortState port,
        DataDirState dataDir,
        long diskBytes,
        int pluginJars,
        String browser) {
    /** What became of an attempt to listen. */
    public enum PortState {
        /** It worked. */
        FREE,
        /** Someone else listens. */
        TAKEN,
        /** The address isn't one of this machine, or the port needs more rights. */
        REFUSED
    }

    /** The state of the data folder. */
    public enum DataDirState {
        /** It isn't there; a start makes it. */
        ABSENT,
        /** It is there and nobody uses it. */
        FREE,
        /** A running node holds its lock. */
        LOCKED,
        /** It can't be written, nor made. */
        UNWRITABLE
    }
}
