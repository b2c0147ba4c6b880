package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventShape;
import dev.horizon.net.client.HorizonClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A gateway in front of a fake node, on a free port of the loopback address. */
final class GatewayRig implements AutoCloseable {
    static final long NEAR = 0x0000_1000_0010_0001L;
    static final long FAR = 0x3000_1000_0010_0001L;
    static final EventField TEXT =
            new EventField("message", EventField.Kind.TEXT, List.of(), List.of(), false);
    static final EventShape CHAT =
            new EventShape(
                    EventShape.Direction.FROM_CLIENT, "chat", "message", false, List.of(TEXT));
    static final EventShape STICK =
            new EventShape(
                    EventShape.Direction.FROM_CLIENT,
                    "ship",
                    "controls",
                    true,
                    List.of(
                            new EventField(
                                    "thrust", EventField.Kind.FLOAT, List.of(), List.of(), false),
                            new EventField(
                                    "fire", EventField.Kind.BOOLEAN, List.of(), List.of(), false)));
    static final EventShape LINE =
            new EventShape(EventShape.Direction.TO_CLIENT, "chat", "message", false, List.of(TEXT));

    final FakeNode node = new FakeNode();
    final TicketKey key;
    final Gateway gateway;
    final URI server;

    GatewayRig(Path folder, GatewayConfig config, UnaryOperator<Gateway.Builder> more) {
        key = TicketKey.load(false, null, folder);
        Gateway.Builder builder =
                Gateway.with(
                                config,
                                key,
                                node,
                                (x, y, z, held, wanted) -> {
                                    wanted.add(FAR);
                                    if (x < 1_000) {
                                        wanted.add(NEAR);
                                    }
                                    return 10;
                                });
        gateway = more.apply(builder).start();
        gateway.catalogue(new EventCatalogue(1, List.of(CHAT, STICK, LINE)), false);
        server = URI.create("http://127.0.0.1:" + gateway.port());
    }

    GatewayRig(Path folder) {
        this(folder, GatewayConfig.defaults(), builder -> builder);
    }

    String ticket(String player) {
        return HorizonClient.ticket(server, player);
    }

    HorizonClient client(String player) {
        return HorizonClient.connect(server, player, ticket(player));
    }

    long session(String player) {
        Long id = node.sessionByPlayer.get(player);
        if (id == null) {
            throw new AssertionError("no session of " + player);
        }
        return id;
    }

    long refusals(String code) {
        return gateway.metrics().snapshot().refusals().getOrDefault(code, 0L);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
