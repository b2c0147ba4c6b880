package dev.horizon.perf.load;

import dev.horizon.net.crowd.CrowdClient;
import dev.horizon.net.crowd.CrowdListener;
import dev.horizon.net.crowd.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One player, and the count of what came to them. The loop's thread. */
final class LoadClient implements CrowdListener {
    private static final int TEXT_SHOWN_MAX = 300;

    /** Where a player stands. */
    enum State {
        /** The welcome is awaited. */
        GREETING,
        /** Welcomed. */
        PLAYING,
        /** The connection is gone. */
        GONE
    }

    private final LoadLoop loop;
    private final String player;
    private final CrowdClient connection;
    private State state = State.GREETING;
    private int sequence;

    final Ages ages = new Ages();
    final @Nullable Held held;
    long messages;
    long ticks;
    long bytes;
    long lastTick;
    long lastNanos;

    LoadClient(LoadLoop loop, int number, String player, boolean counts) {
        this.loop = loop;
        this.player = player;
        this.held = counts ? new Held() : null;
        this.connection = loop.connect(number, this);
    }

    State state() {
        return state;
    }

    void reset() {
        ages.reset();
        messages = 0;
        ticks = 0;
        bytes = 0;
        if (held != null) {
            held.reset();
        }
    }

    @Override
    public String hello() {
        return "{\"player\":\"%s\",\"ticket\":\"%s\",\"protocolVersion\":3}"
                .formatted(player, loop.ticket(player));
    }

    @Override
    public void onBinary(ByteBuf in, int at, int length, int wireBytes) {
        long nowNanos = loop.nowNanos();
        messages++;
        bytes += wireBytes;
        long tick = Wire.latestTick(in, at, length, lastTick);
        if (tick > lastTick) {
            ticks++;
            loop.arrived(this, tick, nowNanos);
            lastTick = tick;
            lastNanos = nowNanos;
        }
        if (held != null) {
            Wire.messages(in, at, length, held);
        }
    }

    @Override
    public void onText(ByteBuf in, int at, int length) {
        String text = in.toString(at, Math.min(length, TEXT_SHOWN_MAX), StandardCharsets.UTF_8);
        if (text.contains("\"event\":\"welcome\"")) {
            state = State.PLAYING;
            loop.playing(this);
        } else if (text.contains("\"event\":\"refused\"")) {
            loop.refused(text);
        } else if (text.contains("\"event\":\"moved\"")) {
            lastTick = 0; // Another node counts its own.
        }
    }

    /** Sends the stick; pays the gateway what a player's inputs cost. */
    void steer(ByteBuf payload, int eventType) {
        if (state == State.PLAYING) {
            connection.sendInput(++sequence, eventType, payload);
        }
    }

    /** Cuts the connection without a word. */
    void end() {
        state = State.GONE;
        connection.end();
    }

    @Override
    public void onGone(String why) {
        loop.lost(this, why);
        state = State.GONE;
    }
}
