package dev.horizon.net.client;

import dev.horizon.engine.channels.Extrapolation;
import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.channels.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one's own ship is before the server said so: inputs take effect at once, by a step that the
 * game supplies, and are replayed on what the server says as it answers. While it says the same as
 * the prediction did, within tolerance, nothing moves. The same as the browser SDK's, held to the
 * same vectors. One thread's alone, such as inside {@link LiveReplica#read}.
 *
 * @param <I> an input
 */
public final class Prediction<I> {
    /** Ticks that are kept and replayed at most. */
    private static final int REPLAY_TICKS_MAX = 100;

    /** Inputs without an answer that are kept at most; older ones are forgotten. */
    private static final int PENDING_MAX = 256;

    /** How much of what a newer measurement says of the way to the server is believed. */
    private static final double LEAD_GAIN = 0.1;

    /** How much of a difference within tolerance is made up at each row of the server's. */
    private static final double PULL = 0.1;

    /** An input without an answer for so long, beyond the usual way, was lost. */
    private static final int LOST_TICKS = 40;

    /** Predictions that are no further apart are the same. */
    private static final double SAME_METRES = 1e-3;

    /**
     * Flies a ship as the server's systems would.
     *
     * @param <I> an input
     */
    @FunctionalInterface
    public interface Step<I> {
        /** Moves a state on in place under an input. */
        void move(ShipState state, I input, double seconds);
    }

    /**
     * What is made up how.
     *
     * @param toleranceMetres that the server may differ by; above the error bound of the tier CLOSE
     * @param toleranceRadians the same of the attitude
     * @param blendSeconds in which a correction fades
     * @param snapMetres longer corrections are jumps
     */
    public record Tuning(
            double toleranceMetres,
            double toleranceRadians,
            double blendSeconds,
            double snapMetres) {
        /** For the default bounds of the tier CLOSE. */
        public static Tuning standard() {
            return new Tuning(0.75, 0.06, 0.3, 500);
        }
    }

    /** What the server says of the ship at a tick. */
    record Said(ShipState state, boolean placeIsNew, boolean isTurned) {}

    private static final class Sent<I> {
        final int sequence;
        final I input;
        final double sentAt;
        long tick;
        boolean read;

        Sent(int sequence, I input, double sentAt, long tick) {
            this.sequence = sequence;
            this.input = input;
            this.sentAt = sentAt;
            this.tick = tick;
        }
    }

    private final Step<I> step;
    private final I idle;
    private final int tickHz;
    private final Tuning tuning;
    private final Blend blend;

    /** States of consecutive ticks; the first is what the server confirmed last. */
    private final List<ShipState> states = new ArrayList<>();

    private final List<Sent<I>> inputs = new ArrayList<>();
    private long baseTick;
    private long heardTick;
    private double lead = Double.NaN;
    private int corrections;

    /**
     * Predicts nothing until the first input is sent and heard of.
     *
     * @param idle the input before the first
     */
    public Prediction(Step<I> step, I idle, int tickHz, Tuning tuning) {
        this.step = step;
        this.idle = idle;
        this.tickHz = tickHz;
        this.tuning = tuning;
        this.blend = new Blend(tickHz, tuning.snapMetres());
    }

    /** True while there is a prediction. */
    public boolean isActive() {
        return !states.isEmpty();
    }

    /** Ends it: the server flies, or nobody. The next input begins anew. */
    public void stop() {
        states.clear();
        inputs.clear();
        baseTick = 0;
        heardTick = 0;
        blend.end();
    }

    /** Times that the server had another opinion. */
    public int corrections() {
        return corrections;
    }

    /** Ticks from sending an input until its effect is heard of; 0 before it was measured. */
    public double leadTicks() {
        return Double.isNaN(lead) ? 0 : lead;
    }

    /** The tick that is shown: as far ahead as inputs need to arrive. */
    public double target(double now) {
        return now + leadTicks();
    }

    /**
     * An input goes out.
     *
     * @param sequence that it is sent with
     * @param now the server's tick as far as known, with a fraction
     * @param roundTripMillis to begin with; 0 where it isn't known
     */
    public void send(int sequence, I input, double now, double roundTripMillis) {
        if (Double.isNaN(lead)) {
            lead = 1 + roundTripMillis * tickHz / 1000;
        }
        long last = inputs.isEmpty() ? 0 : inputs.getLast().tick;
        long tick = Math.max((long) Math.floor(now + lead) + 1, last);
        inputs.add(new Sent<>(sequence, input, now, tick));
        if (inputs.size() > PENDING_MAX) {
            inputs.removeFirst();
        }
        if (isActive()) {
            dropFrom(tick);
        }
    }

    /**
     * Hears what the server says: call it after each message, or before each picture.
     *
     * @param entity the own ship
     * @param now the server's tick as far as known, with a fraction
     * @param seen what was shown of it so far, to leave from without a jump; null for nothing
     */
    public void hear(ReplicaView view, ReplicaEntity entity, double now, @Nullable ShipState seen) {
        long tick = view.viewTick();
        if (!inputs.isEmpty() && tick > heardTick) {
            hear(tick, (int) view.inputSequence(), said(entity, tick), now, seen);
        }
    }

    private @Nullable Said said(ReplicaEntity entity, long tick) {
        double[] track = new double[10];
        double[] turn = new double[8];
        if (!entity.track(track)) {
            return null;
        }
        return said(track, entity.turn(turn) ? turn : null, tick, tickHz);
    }

    /** Extrapolates to a tick; tracks end with the tick at which they were true. */
    static Said said(double[] track, double @Nullable [] turn, long tick, int tickHz) {
        double seconds = (tick - track[9]) / tickHz;
        ShipState state = new ShipState();
        state.x = Extrapolation.place(track[0], track[3], track[6], seconds);
        state.y = Extrapolation.place(track[1], track[4], track[7], seconds);
        state.z = Extrapolation.place(track[2], track[5], track[8], seconds);
        state.vx = Extrapolation.velocity(track[3], track[6], seconds);
        state.vy = Extrapolation.velocity(track[4], track[7], seconds);
        state.vz = Extrapolation.velocity(track[5], track[8], seconds);
        state.ax = track[6];
        state.ay = track[7];
        state.az = track[8];
        if (turn != null) {
            double[] q = new double[4];
            Extrapolation.attitude(
                    turn[0],
                    turn[1],
                    turn[2],
                    turn[3],
                    turn[4],
                    turn[5],
                    turn[6],
                    (tick - turn[7]) / tickHz,
                    q);
            state.qx = q[0];
            state.qy = q[1];
            state.qz = q[2];
            state.qw = q[3];
            state.wx = turn[4];
            state.wy = turn[5];
            state.wz = turn[6];
        }
        return new Said(state, track[9] == tick, turn != null);
    }

    void hear(long tick, int sequence, @Nullable Said said, double now, @Nullable ShipState seen) {
        if (inputs.isEmpty() || tick <= heardTick) {
            return;
        }
        if (said == null) {
            stop();
            return;
        }
        ShipState before = isActive() ? at(now) : null;
        ShipState shown = before == null ? seen : blended(now, before.copy());
        read(tick, sequence);
        heardTick = tick;
        if (!isActive() || tick <= baseTick) {
            states.clear();
            states.add(said.state());
            baseTick = tick;
        } else {
            dropFrom(baseTick + 1);
            simulate(tick);
            reconcile(tick, said);
        }
        forgetInputs();
        ShipState after = at(now);
        if (shown != null && (before == null || before.apart(after) > SAME_METRES)) {
            blend.begin(target(now), tuning.blendSeconds() * tickHz, shown, after);
        }
    }

    /**
     * Where the own ship is predicted to be.
     *
     * @param now the server's tick as far as known, with a fraction
     * @param out receives it
     * @return false while there is nothing to go by; {@code out} is untouched
     */
    public boolean place(double now, ShipState out) {
        if (isActive() && target(now) - lastTick() > REPLAY_TICKS_MAX) {
            stop();
        }
        if (!isActive()) {
            return false;
        }
        blend.apply(target(now), out.set(at(now)));
        return true;
    }

    private long lastTick() {
        return baseTick + states.size() - 1;
    }

    /** The predicted state, without the blend. */
    private ShipState at(double now) {
        double target = Math.max(target(now), baseTick);
        long whole = Math.min((long) Math.floor(target), lastTick() + REPLAY_TICKS_MAX);
        simulate(whole);
        ShipState state = states.get((int) Math.max(0, whole - baseTick)).copy();
        double part = Math.min(1, target - whole);
        if (part > 0) {
            step.move(state, inputAt(whole + 1), part / tickHz);
        }
        return state;
    }

    private ShipState blended(double now, ShipState state) {
        blend.hasten(target(now), state);
        blend.apply(target(now), state);
        return state;
    }

    /** Learns which inputs a tick had read, and so how long the way is. */
    private void read(long tick, int sequence) {
        Sent<I> first = inputs.getFirst();
        inputs.removeIf(
                each -> !each.read && tick - each.sentAt > lead + LOST_TICKS && each != first);
        for (Sent<I> each : inputs) {
            if (sequence - each.sequence < 0) {
                each.tick = Math.max(each.tick, tick + 1);
            } else if (!each.read) {
                each.read = true;
                each.tick = Math.min(Math.max(each.tick, heardTick + 1), tick);
                if (sequence == each.sequence) {
                    lead += (tick - each.sentAt - lead) * LEAD_GAIN;
                }
            }
        }
        for (int i = 1; i < inputs.size(); i++) {
            inputs.get(i).tick = Math.max(inputs.get(i).tick, inputs.get(i - 1).tick);
        }
    }

    /** Goes on from the server's state where it differs, else from the predicted one. */
    private void reconcile(long tick, Said said) {
        ShipState state = states.get((int) (tick - baseTick));
        boolean elsewhere = !(said.state().apart(state) <= tuning.toleranceMetres());
        boolean turned = said.isTurned() && said.state().turned(state) > tuning.toleranceRadians();
        if (elsewhere || turned) {
            corrections++;
            if (elsewhere) {
                state.move(said.state());
            }
            if (turned) {
                state.turn(said.state());
            }
        } else if (said.placeIsNew()) {
            state.approach(said.state(), PULL);
        }
        states.clear();
        states.add(state);
        baseTick = tick;
    }

    private void simulate(long tick) {
        for (long next = lastTick() + 1; next <= tick; next++) {
            ShipState state = states.getLast().copy();
            step.move(state, inputAt(next), 1.0 / tickHz);
            states.add(state);
        }
        // Silence is consent: where nothing was corrected for long, what was predicted counts.
        int excess = states.size() - REPLAY_TICKS_MAX;
        if (excess > 0) {
            states.subList(0, excess).clear();
            baseTick += excess;
        }
    }

    private void dropFrom(long tick) {
        int kept = (int) Math.min(states.size(), Math.max(1, tick - baseTick));
        states.subList(kept, states.size()).clear();
    }

    /** The input that a tick reads: the latest that was there by then. */
    private I inputAt(long tick) {
        for (int i = inputs.size() - 1; i >= 0; i--) {
            if (inputs.get(i).tick <= tick) {
                return inputs.get(i).input;
            }
        }
        return idle;
    }

    /** Of what was read before the base, only the last still matters. */
    private void forgetInputs() {
        while (inputs.size() > 1 && inputs.get(1).tick <= baseTick) {
            inputs.removeFirst();
        }
    }
}
