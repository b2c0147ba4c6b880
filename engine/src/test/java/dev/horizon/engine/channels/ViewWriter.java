package dev.horizon.engine.channels;

import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import dev.horizon.schemas.replication.ViewEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes View messages by hand: a gateway's hand, or a forger's. */
final class ViewWriter {
    private record Entered(int handle, Tier tier, long entityId) {}

    private record Left(int handle, boolean gone) {}

    private record Track(int handle, double x) {}

    private final List<Left> left = new ArrayList<>();
    private final List<Entered> entered = new ArrayList<>();
    private final List<Track> tracks = new ArrayList<>();
    private final List<Integer> nudged = new ArrayList<>();
    private long tick;
    private boolean fresh;

    ViewWriter begin(long ofTick, boolean isFresh) {
        left.clear();
        entered.clear();
        tracks.clear();
        nudged.clear();
        tick = ofTick;
        fresh = isFresh;
        return this;
    }

    ViewWriter left(int handle, boolean gone) {
        left.add(new Left(handle, gone));
        return this;
    }

    ViewWriter entered(int handle, Tier tier, long entityId) {
        entered.add(new Entered(handle, tier, entityId));
        return this;
    }

    /** Resting on the x axis. */
    ViewWriter track(int handle, double x) {
        tracks.add(new Track(handle, x));
        return this;
    }

    /** Corrected by a step on each axis. */
    ViewWriter nudged(int handle) {
        nudged.add(handle);
        return this;
    }

    UnsafeBuffer bytes() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
        ViewEncoder view =
                new ViewEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        view.tick(tick).inputSequence(0).flags((short) (fresh ? 1 : 0));
        ViewEncoder.LeftEncoder leftRows = view.leftCount(left.size());
        for (Left row : left) {
            leftRows.next().handle(row.handle).gone((short) (row.gone ? 1 : 0));
        }
        ViewEncoder.EnteredEncoder enteredRows = view.enteredCount(entered.size());
        for (Entered row : entered) {
            enteredRows
                    .next()
                    .handle(row.handle)
                    .tier((short) row.tier.ordinal())
                    .sizeClass((short) 0)
                    .radius(10)
                    .entityId(row.entityId)
                    .parentId(0)
                    .placeExponent((byte) -3)
                    .velocityExponent((byte) -5)
                    .accelerationExponent((byte) -7);
        }
        ViewEncoder.PlacedEncoder placedRows = view.placedCount(tracks.size());
        for (Track row : tracks) {
            placedRows.next().handle(row.handle).age(0).x(row.x).y(0).z(0);
            placedRows.vx(0).vy(0).vz(0).ax(0).ay(0).az(0);
        }
        ViewEncoder.NudgedEncoder nudgedRows = view.nudgedCount(nudged.size());
        for (int handle : nudged) {
            nudgedRows.next().handle(handle).dx((byte) 1).dy((byte) 1).dz((byte) 1);
        }
        view.kickedCount(0);
        view.facedCount(0);
        view.turnedCount(0);
        view.strippedCount(0);
        view.componentsCount(0);
        view.steeredCount(0);
        view.flownCount(0);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + view.encodedLength();
        return new UnsafeBuffer(buffer, 0, length);
    }
}
