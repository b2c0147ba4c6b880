package dev.horizon.tools.node;

import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.profiles.ProfileCodec;
import dev.horizon.engine.profiles.ProfileStore;
import java.util.Arrays;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;

/**
 * Finds profiles for logins, on threads that may wait; they travel into the tick as stored bytes.
 *
 * @param store where they are
 */
record StoredProfiles(ProfileStore store) implements Function<String, byte[]> {
    private static final byte[] NEW_PLAYER = new byte[0];

    @Override
    public byte[] apply(String player) {
        Profile profile = store.find(player);
        if (profile == null) {
            return NEW_PLAYER;
        }
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = ProfileCodec.encode(profile, buffer);
        return Arrays.copyOf(buffer.byteArray(), length);
    }
}
