package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.SessionSink;
import dev.horizon.net.gateway.Route;
import dev.horizon.schemas.session.MessageHeaderDecoder;
import dev.horizon.schemas.session.SessionHandoverDecoder;
import dev.horizon.schemas.session.SessionRefusedDecoder;
import dev.horizon.schemas.session.SessionWelcomeDecoder;
import dev.horizon.schemas.session.TickEndDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with a player in a ship of each node, who all the time say the next number: real routes
 * of sessions over streams that keep their order, and lose what is in them when a node dies.
 */
final class SimulatedGateway {
    static final int ID = 7;
    private static final long SAY_MILLIS = 200;
    private static final String UNKNOWN_SESSION = "HZ-GW-017";

    private final HostileNetwork network;
    private final SplittableRandom random;
    private final Map<Long, Line> lines = new TreeMap<>();
    private final Map<Long, Player> players = new TreeMap<>();
    private long nextSayMillis;
    private boolean isSilent;

    SimulatedGateway(HostileNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
    }

    /** The streams to and from a node, whose session has a player of its own. */
    Line line(long home) {
        Line line = new Line();
        lines.put(home, line);
        players.put(home, new Player(home, line));
        return line;
    }

    /** One player's session. */
    final class Player {
        final long id;
        private final Route route;
        private final Set<Line> unknownAt = new HashSet<>();
        private boolean wasWelcomed;
        private boolean isNew = true;
        private int said;

        private Player(long id, Line first) {
            this.id = id;
            route = new Route(first, () -> SessionInputs.opened(this.id, isNew));
        }

        /** Numbers that were said. */
        int said() {
            return said;
        }
    }

    Iterable<Player> players() {
        return players.values();
    }

    /** True when all that was said has reached the node that has the session. */
    boolean isSettled() {
        return players.values().stream().noneMatch(player -> player.route.isUnsettled());
    }

    /** From now on players say nothing. */
    void silence() {
        isSilent = true;
    }

    void step() {
        long now = network.now();
        boolean says = now >= nextSayMillis && !isSilent;
        nextSayMillis = says ? now + SAY_MILLIS : nextSayMillis;
        for (Player player : players.values()) {
            player.route.poll(TimeUnit.MILLISECONDS.toNanos(now));
            if (says && player.wasWelcomed) {
                byte[] next = SessionInputs.number(player.id, player.said + 1);
                player.said += player.route.input(next) ? 1 : 0;
            }
        }
    }

    private void hear(Line by, byte[] bytes) {
        UnsafeBuffer message = new UnsafeBuffer(bytes);
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(message, 0);
        long now = TimeUnit.MILLISECONDS.toNanos(network.now());
        switch (header.templateId()) {
            case SessionWelcomeDecoder.TEMPLATE_ID -> {
                var welcome = new SessionWelcomeDecoder().wrapAndApplyHeader(message, 0, header);
                assertThat(welcome.gatewayId()).isEqualTo(ID);
                Player player = players.get(welcome.sessionId());
                player.wasWelcomed = true;
                player.isNew = false;
                player.unknownAt.clear();
                player.route.welcome(by, (int) welcome.lastInputSequence());
            }
            case SessionHandoverDecoder.TEMPLATE_ID -> {
                var goes = new SessionHandoverDecoder().wrapAndApplyHeader(message, 0, header);
                Player player = players.get(goes.sessionId());
                if (goes.gone() != 0) {
                    player.route.gone(by, lines.get(goes.destination()), now);
                } else if (random.nextInt(20) > 0) {
                    boolean follows = random.nextInt(10) > 0;
                    byte[] word = SessionInputs.follows(player.id, goes.destination(), follows);
                    network.at(random.nextInt(300), () -> by.send(word));
                }
            }
            case SessionRefusedDecoder.TEMPLATE_ID -> {
                var refused = new SessionRefusedDecoder().wrapAndApplyHeader(message, 0, header);
                if (!refused.code().equals(UNKNOWN_SESSION)) {
                    fail("session %d is refused at %d ms: %s", refused.sessionId(), now, refused);
                }
                unknown(players.get(refused.sessionId()), by, now);
            }
            case TickEndDecoder.TEMPLATE_ID -> {
                var end = new TickEndDecoder().wrapAndApplyHeader(message, 0, header);
                end.acks()
                        .forEach(ack ->
                                players.get(ack.sessionId()).route.read(by, (int) ack.sequence()));
            }
            default -> {
                // Of what the player sees.
            }
        }
    }

    private void unknown(Player player, Line by, long now) {
        if (player.route.refused(by, now) != Route.Refused.UNKNOWN) {
            return;
        }
        player.unknownAt.add(by);
        List<Line> others =
                lines.values().stream().filter(line -> !player.unknownAt.contains(line)).toList();
        Line there = others.stream().filter(Line::isThere).findFirst().orElse(null);
        if (!player.wasWelcomed) {
            player.isNew = true;
            player.route.open(by);
        } else if (there != null) {
            player.route.open(there);
        } else if (!others.isEmpty()) {
            player.route.await(others.getFirst());
        } else {
            fail("at %d ms no node knows session %d", network.now(), player.id);
        }
    }

    /** A node's streams. */
    final class Line implements Route.Node, InputSource, SessionSink {
        private final Deque<byte[]> arrived = new ArrayDeque<>();
        private boolean isHeard;
        private boolean isUp;
        private int life;
        private long toNodeMillis;
        private long fromNodeMillis;

        /** A life of the node begins; the gateway hears of it later. */
        void up() {
            isUp = true;
            int mine = ++life;
            network.at(random.nextInt(1_000), () -> comeBack(mine));
        }

        private void back(Player player) {
            // Whoever was not welcomed may be known all the same.
            player.isNew &= !player.wasWelcomed && life == 1;
            player.route.back(this);
        }

        /** It says nothing for a while, and what it had said is lost; what it is told it reads. */
        void pause(long millis) {
            if (isHeard) {
                isHeard = false;
                int mine = life;
                network.at(millis, () -> comeBack(mine));
            }
        }

        private void comeBack(int mine) {
            if (isUp && life == mine) {
                isHeard = true;
                players.values().forEach(this::back);
            }
        }

        /** It is dead, with what was in its streams. */
        void down() {
            isUp = false;
            isHeard = false;
            arrived.clear();
        }

        @Override
        public boolean isThere() {
            return isHeard;
        }

        @Override
        public void send(byte[] input) {
            if (!isHeard) {
                return;
            }
            int mine = life;
            toNodeMillis = Math.max(toNodeMillis, network.now() + random.nextInt(60));
            network.at(
                    toNodeMillis - network.now(),
                    () -> {
                        if (life == mine && isUp) {
                            arrived.add(input);
                        }
                    });
        }

        @Override
        public boolean offer(DirectBuffer buffer, int offset, int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            int mine = life;
            fromNodeMillis = Math.max(fromNodeMillis, network.now() + random.nextInt(60));
            network.at(
                    fromNodeMillis - network.now(),
                    () -> {
                        if (life == mine && isHeard) {
                            hear(this, bytes);
                        }
                    });
            return true;
        }

        @Override
        public int poll(InputHandler handler, int limit) {
            int taken = 0;
            byte @Nullable [] next = arrived.peek();
            while (next != null
                    && taken < limit
                    && handler.onInput(new UnsafeBuffer(next), 0, next.length)) {
                arrived.remove();
                next = arrived.peek();
                taken++;
            }
            return taken;
        }
    }
}
