package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeHeader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What made the tape that a standby is to follow.
 *
 * @param tape its recording at the node
 * @param header of it
 * @param setup of it, as it stands on the tape
 * @param snapshotTick of the snapshot that comes; -1 where the tape runs from its first tick
 * @param mesh the node's place in its mesh; null where it is in none
 */
public record CopyTerms(
        long tape, TapeHeader header, String setup, long snapshotTick, @Nullable MeshPlace mesh) {
    private static final JsonMapper JSON = new JsonMapper();

    byte[] encode() {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * From JSON.
     *
     * @throws HorizonException HZ-STB-002 when it can't be understood
     */
    static CopyTerms decode(byte[] json) {
        try {
            return JSON.readValue(json, CopyTerms.class);
        } catch (JacksonException e) {
            throw new HorizonException(
                    "HZ-STB-002",
                    "the node says what this build can't understand ("
                            + e.getOriginalMessage()
                            + "): start the standby with the node's own build",
                    e);
        }
    }

    /** The setup's bytes. */
    public byte[] setupBytes() {
        return setup.getBytes(StandardCharsets.UTF_8);
    }
}
