package dev.horizon.tools.config;

import java.util.List;
import java.util.Map;

/**
 * All that can be set. "All that configuration can do, code can do": a test or a program builds
 * these records itself.
 *
 * @param node the process and its tick
 * @param gateway players' connections
 * @param channels who sees what, how often, how exactly
 * @param streams how frames travel
 * @param capture what is kept of the tape
 * @param profiles what is kept of players
 * @param plugins a free tree per plugin, bound by the plugin's own record
 */
public record HorizonConfig(
        NodeSettings node,
        GatewaySettings gateway,
        ChannelSettings channels,
        StreamSettings streams,
        CaptureSettings capture,
        ProfileSettings profiles,
        Map<String, Object> plugins) {
    /** The defaults. */
    public static HorizonConfig defaults() {
        return ConfigLoader.bind(List.of()).config();
    }
}
