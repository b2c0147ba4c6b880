package dev.horizon.tools.node;

import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.config.GatewaySettings;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import java.nio.file.Path;

/** Where secrets come from: the key that signs tickets, and the mesh's. */
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

    /** The mesh's secret: from its file, which development makes where it is missing. */
    static MeshKey ofMesh(HorizonConfig config) {
        Path file = meshKeyFile(config);
        return isProduction(config) || !config.mesh().keyFile().isEmpty()
                ? MeshKey.read(file)
                : MeshKey.readOrMake(file);
    }

    /** Where the mesh's secret is. */
    static Path meshKeyFile(HorizonConfig config) {
        String configured = config.mesh().keyFile();
        return configured.isEmpty()
                ? config.node().dataDir().resolve("mesh.key")
                : Path.of(configured);
    }

    private static boolean isProduction(HorizonConfig config) {
        return config.node().profile() == NodeSettings.Profile.PRODUCTION;
    }
}
