package dev.horizon.tools.node;

import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.config.GatewaySettings;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import java.nio.file.Path;

/** Where the key that signs tickets comes from. */
final class Keys {
    private Keys() {}

    /** Configured, in a file, or made for development. */
    static TicketKey ofNode(HorizonConfig config) {
        GatewaySettings gateway = config.gateway();
        return gateway.ticketKey().isEmpty() && !gateway.ticketKeyFile().isEmpty()
                ? TicketKey.read(isProduction(config), Path.of(gateway.ticketKeyFile()))
                : TicketKey.load(
                        isProduction(config), gateway.ticketKey(), config.node().dataDir());
    }

    /** Configured or in a file: that of a node on this machine where none is named. */
    static TicketKey ofGateway(HorizonConfig config) {
        GatewaySettings gateway = config.gateway();
        if (!gateway.ticketKey().isEmpty()) {
            return TicketKey.load(
                    isProduction(config), gateway.ticketKey(), config.node().dataDir());
        }
        Path file =
                gateway.ticketKeyFile().isEmpty()
                        ? TicketKey.developmentFile(config.node().dataDir())
                        : Path.of(gateway.ticketKeyFile());
        return TicketKey.read(isProduction(config), file);
    }

    private static boolean isProduction(HorizonConfig config) {
        return config.node().profile() == NodeSettings.Profile.PRODUCTION;
    }
}
