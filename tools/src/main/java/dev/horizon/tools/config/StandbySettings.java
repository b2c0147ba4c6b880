package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.net.standby.StandbyConfig;
import dev.horizon.net.standby.Survivor;
import java.time.Duration;

/**
 * A hot standby: how it and its node reach each other, and who goes on alone.
 *
 * @param of the node that {@code horizon standby} follows
 * @param host of this process, as the other reaches it
 * @param port the first of three UDP ports there; 0 for a node that takes no standby
 * @param survivor who goes on alone when the two hear nothing of each other
 * @param silence after which the other is taken for silent
 */
@Doc("A hot standby: how it and its node reach each other, and who goes on alone.")
public record StandbySettings(
        @Default("")
                @Doc(
                        "The node that `horizon standby` follows: its standby.host and standby.port, HOST:PORT.")
                String of,
        @Default("127.0.0.1") @Doc("Address of this process, as the other reaches it.") String host,
        @Default("0")
                @Range(min = 0, max = 65_533)
                @Doc(
                        "First of three UDP ports there, another for each process of a machine; 0: the node takes no standby.")
                int port,
        @Default("standby")
                @Doc(
                        "Who goes on alone when the two hear nothing of each other; the node's setting counts. standby: it takes over, and a node whose standby is silent waits; node: it goes on without, and a standby waits for an operator; operator: both wait.")
                Survivor survivor,
        @Default("1s")
                @Range(min = 1, max = 600)
                @Doc("How long one hears nothing of the other before that counts.")
                Duration silence) {
    /** The same for the two ends. */
    public StandbyConfig standbyConfig() {
        return new StandbyConfig(host, port, survivor, silence.toMillis());
    }
}
