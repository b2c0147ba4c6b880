package dev.horizon.testkit;

import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.tick.Parcel;
import dev.horizon.engine.tick.TransferDesk;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Worlds of several nodes of one mesh in a test, for what plugins send to {@linkplain
 * dev.horizon.engine.events.Services services}: each knows what all offer, and what one sends is
 * brought to the others behind the tick in which it was sent. For one thread.
 *
 * <pre>{@code
 * TestMesh mesh = TestMesh.of(sol, vega);
 * ada.send("chat", "say", new Say(Channel.GALAXY, "", "hello"));
 * mesh.tick(2);
 * }</pre>
 */
public final class TestMesh {
    private final List<TestWorld> worlds;

    private TestMesh(List<TestWorld> worlds) {
        this.worlds = worlds;
    }

    /**
     * Joins worlds, which need ids of their own: see {@link TestWorldBuilder#idBlock}. One tick of
     * each passes.
     *
     * @throws IllegalArgumentException where two have the same
     */
    public static TestMesh of(TestWorld... worlds) {
        List<TestWorld> all = List.of(worlds);
        if (all.stream().map(TestWorld::idBlock).distinct().count() < all.size()) {
            throw new IllegalArgumentException("give each world an idBlock of its own");
        }
        for (TestWorld each : all) {
            for (TestWorld other : all) {
                TransferDesk desk = other.transfers();
                each.transfers()
                        .offered(each.idBlock(), other.idBlock(), other.idBlock(), desk.services());
            }
        }
        TestMesh mesh = new TestMesh(all);
        mesh.tick(1);
        return mesh;
    }

    /**
     * Lets ticks of all pass, in the order in which they were given.
     *
     * @throws AssertionError as {@link TestWorld#tick}
     */
    public void tick(int count) {
        for (int i = 0; i < count; i++) {
            worlds.forEach(world -> world.tick(1));
            worlds.forEach(this::deliver);
        }
    }

    private void deliver(TestWorld from) {
        for (byte[] bytes : from.post.taken()) {
            Parcel parcel = Parcel.decode(new UnsafeBuffer(bytes), 0, bytes.length);
            for (TestWorld to : worlds) {
                if (parcel != null && parcel.destination() == to.idBlock()) {
                    to.transfers().bring(bytes);
                    from.transfers().settle(to.idBlock(), parcel.sequence(), List.of());
                }
            }
        }
    }

    /** What a world sends. */
    static final class Post implements TransferSink {
        private final List<byte[]> sent = new ArrayList<>();

        private List<byte[]> taken() {
            List<byte[]> taken = List.copyOf(sent);
            sent.clear();
            return taken;
        }

        @Override
        public void parcel(long destination, long sequence, byte[] parcel) {
            sent.add(parcel);
        }

        @Override
        public void outcome(long transfer, Outcome outcome) {}

        @Override
        public void refused(long transfer, long entity, String code, String reason) {}

        @Override
        public void received(long source, long sequence, List<Long> returned) {}

        @Override
        public void beyond(long entity, double x, double y, double z) {}

        @Override
        public void jumps(
                long entity, long jump, String starSystem, double x, double y, double z) {}
    }
}
