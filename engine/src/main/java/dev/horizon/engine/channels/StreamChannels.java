package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * The live channels of one stream with the number of their last frame and their checksum, packed:
 * what a beacon says, without a visit to each channel.
 */
final class StreamChannels {
    private static final int CAPACITY_MIN = 4_096;

    private Channel[] channels = new Channel[CAPACITY_MIN];
    private long[] ids = new long[CAPACITY_MIN];
    private int[] sequences = new int[CAPACITY_MIN];
    private int[] checksums = new int[CAPACITY_MIN];
    private int count;

    int count() {
        return count;
    }

    long id(int index) {
        return ids[index];
    }

    int sequence(int index) {
        return sequences[index];
    }

    int checksum(int index) {
        return checksums[index];
    }

    void add(Channel channel) {
        if (count == channels.length) {
            channels = Arrays.copyOf(channels, count * 2);
            ids = Arrays.copyOf(ids, count * 2);
            sequences = Arrays.copyOf(sequences, count * 2);
            checksums = Arrays.copyOf(checksums, count * 2);
        }
        channel.stream = this;
        channel.streamIndex = count;
        channels[count] = channel;
        ids[count] = channel.id;
        sequences[count] = channel.sequence;
        checksums[count] = ChannelChecksum.NONE;
        count++;
    }

    void remove(Channel channel) {
        int last = --count;
        int index = channel.streamIndex;
        channels[index] = channels[last];
        ids[index] = ids[last];
        sequences[index] = sequences[last];
        checksums[index] = checksums[last];
        channels[index].streamIndex = index;
        channel.stream = null;
    }

    void sequence(int index, int sequence) {
        sequences[index] = sequence;
    }

    void checksum(int index, int checksum) {
        checksums[index] = checksum;
    }
}
