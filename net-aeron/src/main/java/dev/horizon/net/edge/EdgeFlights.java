package dev.horizon.net.edge;

import dev.horizon.engine.channels.AttitudeCode;
import dev.horizon.engine.channels.ChannelChecksum;
import dev.horizon.engine.channels.Extrapolation;
import dev.horizon.engine.channels.Flight;
import dev.horizon.engine.channels.FrameWriter;
import dev.horizon.engine.channels.PackedThree;
import dev.horizon.schemas.replication.FrameDecoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How entities fly that are steered, by track. For clients that know no steered flight, it keeps
 * what {@link EdgeTracks} says of them near to it.
 */
final class EdgeFlights {
    /** Clients that know no flight are told anew when their place is off by so many steps. */
    private static final int STEPS_OFF = 2;

    private static final double COSINE_OFF = StrictMath.cos(StrictMath.toRadians(2) / 2);
    private static final double SPIN_MAX = Short.MAX_VALUE * FrameWriter.SPIN_STEP;

    private final EdgeTracks tracks;

    /** A flight of each track that is steered, null for the others. */
    @Nullable Flight[] of = new Flight[0];

    /** The round in which its controls, or all of it, came last. */
    int[] round = new int[0];

    private final double[] begun = new double[6];
    private final double[] numbers = new double[EdgeTracks.MOTION];
    private final double[] plain = new double[4];
    private final double[] state = new double[Flight.NUMBERS];
    private int flatRound;

    EdgeFlights(EdgeTracks tracks) {
        this.tracks = tracks;
    }

    void ensure(int capacity) {
        of = Arrays.copyOf(of, capacity);
        round = Arrays.copyOf(round, capacity);
    }

    /** It isn't steered any more. */
    void land(int track) {
        of[track] = null;
    }

    /** All of a flight came; false where it is nowhere. */
    boolean fly(int track, long tick, FrameDecoder.FlownDecoder row) {
        double[] n = begun;
        n[0] = row.x();
        n[1] = row.y();
        n[2] = row.z();
        n[3] = row.vx();
        n[4] = row.vy();
        n[5] = row.vz();
        for (double number : n) {
            if (!Double.isFinite(number)) {
                return false;
            }
        }
        Flight flight = of[track];
        if (flight == null) {
            flight = new Flight();
            of[track] = flight;
        }
        flight.begin(
                tick,
                tracks.tickHz(),
                n,
                (int) row.attitude(),
                (int) row.turn(),
                (int) row.thrust(),
                (int) row.spin(),
                row.ramp());
        flatten(track, flight, tick);
        tracks.kind[track] = EdgeTracks.WHOLE;
        round[track] = tracks.round();
        return true;
    }

    /** What a slot's place adds to the checksum of its channel. */
    int placeSum(int slot, int track) {
        Flight flight = of[track];
        if (flight != null) {
            flight.track(numbers, 0);
            return ChannelChecksum.place(slot, flight.tick(), numbers[0], numbers[1], numbers[2]);
        }
        int at = track * EdgeTracks.MOTION;
        double[] motion = tracks.motion;
        return ChannelChecksum.place(
                slot, tracks.placeTick[track], motion[at], motion[at + 1], motion[at + 2]);
    }

    /** New controls came; false where nothing flies. */
    boolean steer(int track, long tick, int age, int thrust, int spin, int placeExponent) {
        Flight flight = of[track];
        if (flight == null || !flight.steer(tick, age, thrust, spin, placeExponent)) {
            return false;
        }
        boolean isOnly = round[track] != tracks.round();
        flatten(track, flight, tick);
        tracks.kind[track] = isOnly ? EdgeTracks.STEERED : EdgeTracks.WHOLE;
        round[track] = tracks.round();
        if (isOnly) {
            int at = track * EdgeTracks.CORRECTION_BYTES;
            LittleEndian.putInt(tracks.correction, at, thrust);
            LittleEndian.putInt(tracks.correction, at + 4, spin);
            tracks.correction[at + 8] = (byte) age;
        }
        return true;
    }

    /** Keeps what clients without flights are told near to what flies; once a round. */
    void flatten(long tick) {
        if (flatRound == tracks.round()) {
            return;
        }
        flatRound = tracks.round();
        for (int track = 0; track < of.length; track++) {
            Flight flight = of[track];
            if (flight != null && isOff(track, flight, tick)) {
                byte kind = tracks.kind[track];
                flatten(track, flight, tick);
                tracks.kind[track] = kind;
            }
        }
    }

    /** Its state at a tick: another after the next call, of whichever flight. */
    double[] at(Flight flight, long tick) {
        flight.at(tick, state);
        return state;
    }

    private boolean isOff(int track, Flight flight, long tick) {
        EdgeChannel owner = tracks.owner[track];
        double most = owner == null ? 0 : STEPS_OFF * Math.scalb(1.0, owner.placeExponent);
        double[] real = at(flight, tick);
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            double off = real[axis] - plain(track, axis, tick);
            squared += off * off;
        }
        if (squared > most * most) {
            return true;
        }
        attitude(track, tick, plain);
        double dot =
                plain[0] * real[6] + plain[1] * real[7] + plain[2] * real[8] + plain[3] * real[9];
        return !(Math.abs(dot) >= COSINE_OFF);
    }

    private void flatten(int track, Flight flight, long tick) {
        Flight.plain(at(flight, tick), numbers);
        tracks.place(
                track,
                tick,
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                (float) numbers[6],
                (float) numbers[7],
                (float) numbers[8]);
        int at = track * EdgeTracks.TURN_BYTES;
        LittleEndian.putInt(
                tracks.turn, at, AttitudeCode.pack(state[6], state[7], state[8], state[9]));
        int shift =
                PackedThree.shiftOf(
                        state[10] / FrameWriter.SPIN_STEP,
                        state[11] / FrameWriter.SPIN_STEP,
                        state[12] / FrameWriter.SPIN_STEP);
        for (int axis = 0; axis < 3; axis++) {
            double spin = Math.max(-SPIN_MAX, Math.min(SPIN_MAX, state[10 + axis]));
            LittleEndian.putShort(
                    tracks.turn,
                    at + 4 + 2 * axis,
                    (int) PackedThree.round(spin / FrameWriter.SPIN_STEP, shift));
        }
        tracks.turned(track, tick, true);
    }

    /** Where its plain track leads by a tick, along one axis. */
    double plain(int track, int axis, long tick) {
        double seconds = (double) (tick - tracks.placeTick[track]) / tracks.tickHz();
        int at = track * EdgeTracks.MOTION + axis;
        double[] motion = tracks.motion;
        return Extrapolation.place(motion[at], motion[at + 3], motion[at + 6], seconds);
    }

    /** How it is turned by a tick, by its plain attitude. */
    void attitude(int track, long tick, double[] out) {
        int at = track * EdgeTracks.TURN_BYTES;
        AttitudeCode.unpack(LittleEndian.getInt(tracks.turn, at), out);
        Extrapolation.attitude(
                out[0],
                out[1],
                out[2],
                out[3],
                LittleEndian.getShort(tracks.turn, at + 4) * FrameWriter.SPIN_STEP,
                LittleEndian.getShort(tracks.turn, at + 6) * FrameWriter.SPIN_STEP,
                LittleEndian.getShort(tracks.turn, at + 8) * FrameWriter.SPIN_STEP,
                Extrapolation.seconds(tick - tracks.turnTick[track], tracks.tickHz()),
                out);
    }
}
