package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A gateway in front of a fake node, on a free port of the loopback address. */
final class GatewayRig implements AutoCloseable {
    /** Channels that a place near the origin needs. */
    static final long CLOSE = ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 0, 0, 0);

    static final long NEAR = ChannelId.of(SizeClass.CRAFT, Tier.LOW, 0, 0, 0);
    static final long FAR = ChannelId.of(SizeClass.CRAFT, Tier.SENSOR, 0, 0, 0);
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

    private long endedTick = 1_000;
    final FakeNode node = new FakeNode();
    final TicketKey key;
    final Gateway gateway;
    final URI server;

    /** Defaults, but for what an address may do: one connection a second, from loopback, too. */
    static GatewayConfig oneConnectionPerSecond() {
        GatewayConfig defaults = GatewayConfig.defaults();
        GatewayConfig.Limits limits = defaults.limits();
        return defaults.withLimits(
                new GatewayConfig.Limits(
                        limits.frameBytesMax(),
                        limits.messagesPerSecond(),
                        limits.bytesPerSecond(),
                        limits.addressMessagesPerSecond(),
                        limits.addressBytesPerSecond(),
                        1,
                        true,
                        limits.refusalsMax(),
                        limits.connectionsMax(),
                        limits.strangersMax(),
                        limits.requestBytesMax(),
                        limits.handlersMax()));
    }

    GatewayRig(Path folder, GatewayConfig config, UnaryOperator<Gateway.Builder> more) {
        key = TicketKey.load(false, null, folder);
        Gateway.Builder builder = Gateway.with(config, key, node, ChannelConfig.standard());
        gateway = more.apply(builder).start();
        gateway.catalogue(new EventCatalogue(1, List.of(CHAT, STICK, LINE)), false);
        server = URI.create(config.scheme() + "://127.0.0.1:" + gateway.port());
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

    /** Lets the node end ticks until something holds. */
    void until(String what, BooleanSupplier condition) {
        Await.until(
                what,
                () -> {
                    node.tickEnd(++endedTick);
                    return condition.getAsBoolean();
                });
    }

    @Override
    public void close() {
        gateway.close();
    }
}
