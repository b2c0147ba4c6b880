package dev.horizon.tools.mesh;

import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.net.gateway.TicketKey;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;

/**
 * Writes what the processes of a local mesh read: keys, and a TOML file for each, which also says
 * how one would be started elsewhere.
 */
final class MeshFiles {
    private static final String HEAD =
            "# Written by 'horizon mesh up' at each start: horizon %s --config %s%n";

    private final MeshLayout layout;

    MeshFiles(MeshLayout layout) {
        this.layout = layout;
    }

    /** Writes all; keys stay where there are some. */
    void write() throws IOException {
        Files.createDirectories(layout.folder());
        MeshKey.readOrMake(layout.keyFile());
        TicketKey.load(false, null, layout.folder());
        int members = 0;
        int nodes = 0;
        int gateways = 0;
        for (MeshPart part : layout.parts()) {
            String text =
                    switch (part.role()) {
                        case COORDINATOR -> coordinator(part, members++);
                        case NODE -> node(part, nodes++);
                        case GATEWAY -> gateway(part, gateways++);
                    };
            Files.writeString(
                    part.config(), HEAD.formatted(part.role().verb(), part.config()) + text);
        }
    }

    private String coordinator(MeshPart part, int member) {
        return """
        [node]
        data-dir = %s

        [mesh]
        member = %d
        %s\
        """
                .formatted(folder(part), member, mesh());
    }

    private String node(MeshPart part, int index) {
        StringBuilder region = new StringBuilder("[[node.regions]]\nid = " + (index + 1) + "\n");
        boolean isShared = index < layout.nodes();
        if (isShared && index > 0) {
            region.append("min-x = ").append(layout.cut(index)).append('\n');
        }
        if (isShared && index + 1 < layout.nodes()) {
            region.append("max-x = ").append(layout.cut(index + 1)).append('\n');
        }
        if (!layout.gateOf(index).isEmpty()) {
            int seed = 1 + layout.starSystems().indexOf(layout.starSystemOf(index));
            region.append("\n[plugins.sol]\nseed = ").append(seed);
            region.append("\ngate-to = ").append(quoted(layout.gateOf(index))).append('\n');
        }
        return """
        [node]
        name = %s
        star-system = %s
        data-dir = %s
        port = %d

        %s
        [streams]
        port = %d

        [gateway]
        ticket-key-file = %s

        [mesh]
        %s\
        """
                .formatted(
                        quoted(part.name()),
                        quoted(layout.starSystemOf(index)),
                        folder(part),
                        layout.nodePort(index),
                        region,
                        layout.streamPort(index),
                        quoted(layout.ticketKeyFile()),
                        mesh());
    }

    private String gateway(MeshPart part, int index) {
        return """
        [node]
        data-dir = %s
        port = %d

        [gateway]
        node = %s
        ticket-key-file = %s
        """
                .formatted(
                        folder(part),
                        layout.gatewayPort(index),
                        quoted(layout.gatewayNodes()),
                        quoted(layout.ticketKeyFile()));
    }

    private String mesh() {
        String members =
                layout.members().stream().map(MeshFiles::quoted).collect(Collectors.joining(", "));
        return "coordinators = [%s]%nkey-file = %s%n".formatted(members, quoted(layout.keyFile()));
    }

    private String folder(MeshPart part) {
        return quoted(layout.folder().resolve(part.name()));
    }

    private static String quoted(Object text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
