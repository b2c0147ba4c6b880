package dev.horizon.tools.node;

import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.profiles.ProfileCodec;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.engine.tick.ProfileForm;
import dev.horizon.net.gateway.PlayerProfiles;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** How stored profiles travel into the tick: as the store's own bytes. */
final class StoredProfiles implements ProfileForm {
    @Override
    public Contents read(DirectBuffer buffer, int offset, int length) {
        Profile profile = ProfileCodec.decode(buffer, offset, length);
        return new Contents(profile.x(), profile.y(), profile.z(), profile.owned());
    }

    /**
     * Finds profiles for logins, on threads that may wait.
     *
     * @param store where they are
     */
    record Finder(ProfileStore store) implements PlayerProfiles {
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
}
