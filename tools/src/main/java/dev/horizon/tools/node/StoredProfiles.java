package dev.horizon.tools.node;

import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.profiles.ProfileCodec;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.net.gateway.PlayerProfiles;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;

/**
 * Finds profiles for logins, on threads that may wait; they travel into the tick as stored bytes.
 *
 * @param store where they are
 */
record StoredProfiles(ProfileStore store) implements PlayerProfiles {
    private static final byte[] NEW_PLAYER = new byte[0];

    @Override
    public byte[] find(String player) {
        Profile profile = store.find(player);
        if (profile == null) {
            return NEW_PLAYER;
        }
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = ProfileCodec.encode(profile, buffer);
        return Arrays.copyOf(buffer.byteArray(), length);
    }
}
