package dev.horizon.testkit;

import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.tick.Neighbour;
import dev.horizon.engine.tick.Parcel;
import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.engine.world.EntityId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Worlds of several nodes of one mesh in a test, for what plugins send to {@linkplain
 * dev.horizon.engine.events.Services services}, and for players who go from one to another: each
 * knows what all offer, and what one sends is brought to the others behind the tick in which it was
 * sent. For one thread.
 *
 * <pre>{@code
 * TestMesh mesh = TestMesh.of(sol, vega);
 * ada.send("chat", "say", new Say(Channel.GALAXY, "", "hello"));
 * mesh.tick(2);
 * }</pre>
 */
public final class TestMesh {
    /** A parcel for a world that is paused. */
    private record Waiting(TestWorld to, Runnable bring) {}

    private final List<TestWorld> worlds;
    private final Set<TestWorld> paused = new HashSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long transfers;

    private TestMesh(List<TestWorld> worlds) {
        this.worlds = worlds;
        for (TestWorld each : worlds) {
            each.gate().onGone((player, home) -> player.moved(world(home)));
        }
    }

    private TestWorld world(long home) {
        return worlds.stream().filter(each -> each.idBlock() == home).findFirst().orElseThrow();
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
        TestMesh mesh = new TestMesh(all);
        all.forEach(each -> mesh.offer(each, each.transfers().services()));
        mesh.tick(1);
        return mesh;
    }

    /**
     * Lets each world see, as ghosts, what the others have within 20 km of its {@linkplain
     * TestWorldBuilder#region regions}: from half a second later on.
     */
    public TestMesh withBorders() {
        for (TestWorld each : worlds) {
            List<Neighbour> others =
                    worlds.stream()
                            .filter(other -> other != each)
                            .map(other -> new Neighbour(other.idBlock(), other.regions()))
                            .toList();
            each.transfers().neighbours(each.idBlock(), others);
        }
        return this;
    }

    /**
     * Lets ticks of all pass, in the order in which they were given.
     *
     * @throws AssertionError as {@link TestWorld#tick}
     */
    public void tick(int count) {
        for (int i = 0; i < count; i++) {
            worlds.stream().filter(each -> !paused.contains(each)).forEach(each -> each.tick(1));
            worlds.forEach(this::deliver);
        }
    }

    /** Stops a world's ticks: the others know nothing of it, and what they send it waits. */
    public void pause(TestWorld world) {
        paused.add(world);
    }

    /** The same, with a goodbye: from now on the others send it nothing new. */
    public void dismiss(TestWorld world) {
        pause(world);
        offer(world, List.of());
    }

    /** Goes on with a world, and with what waits for it. */
    public void resume(TestWorld world) {
        paused.remove(world);
        offer(world, world.transfers().services());
        waiting.stream().filter(each -> each.to == world).forEach(each -> each.bring.run());
        waiting.removeIf(each -> each.to == world);
    }

    /**
     * Has a world {@linkplain TestWorld#comeBack come back} behind a tick of its own: it says again
     * what isn't known to have arrived.
     */
    public void restart(TestWorld world) {
        world.tick(1);
        world.comeBack();
    }

    /** Parcels that wait for a world which is stopped. */
    public int waiting(TestWorld world) {
        return (int) waiting.stream().filter(each -> each.to == world).count();
    }

    /**
     * Has an entity go to another world, with all that rides in it and with the players who see
     * from it. That takes some ticks, of both.
     */
    public void move(EntityId entity, TestWorld from, TestWorld to) {
        from.transfers().release(++transfers, 0, entity.value(), from.idBlock(), to.idBlock(), 0);
    }

    private void offer(TestWorld of, List<String> services) {
        for (TestWorld each : worlds) {
            each.transfers().offered(each.idBlock(), of.idBlock(), of.idBlock(), services);
        }
    }

    private void deliver(TestWorld from) {
        for (byte[] bytes : from.post.taken()) {
            Parcel parcel = Parcel.decode(new UnsafeBuffer(bytes), 0, bytes.length);
            if (parcel == null) {
                TestWorld to = world(TransferDesk.ghostsFor(bytes));
                if (!paused.contains(to)) {
                    to.transfers().bringGhosts(bytes);
                }
            } else {
                TestWorld to = world(parcel.destination());
                Runnable bring =
                        () -> {
                            to.transfers().bring(bytes);
                            from.transfers().settle(to.idBlock(), parcel.sequence(), List.of());
                        };
                if (paused.contains(to)) {
                    waiting.add(new Waiting(to, bring));
                } else {
                    bring.run();
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
        public void ghosts(long destination, byte[] message) {
            sent.add(message);
        }

        @Override
        public void beyond(long entity, double x, double y, double z) {}

        @Override
        public void jumps(
                long entity, long jump, String starSystem, double x, double y, double z) {}
    }
}
