package dev.horizon.net.edge;

import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.flight.Fuel;
import dev.horizon.ecs.flight.FuelColumn;
import dev.horizon.ecs.subsystems.Subsystem;
import dev.horizon.ecs.subsystems.SubsystemColumn;
import dev.horizon.ecs.subsystems.SubsystemKind;
import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A world of ships with a real encoder: what it publishes goes to whoever listens. */
final class Battlefield implements AutoCloseable {
    static final int TICK_HZ = 20;
    static final double DT = 1.0 / TICK_HZ;
    private static final int GATEWAY = 1;

    /** Bytes of ids that nothing else has by chance. */
    private static final int ID_BLOCK = 0x5EC2E7;

    final WorldState world =
            WorldState.create(
                    ID_BLOCK, List.of(HullColumn.TYPE, FuelColumn.TYPE, SubsystemColumn.TYPE));
    final ChannelConfig config;
    final ChannelEncoder encoder;
    final Random random;
    final List<EntityId> ships = new ArrayList<>();
    final List<EntityId> turrets = new ArrayList<>();
    private final List<byte[]> held = new ArrayList<>();
    private final List<Long> heldChannels = new ArrayList<>();
    private final Hold hold = new Hold();
    long tick;

    /** From beyond it, ships thrust back. */
    double extent = Double.MAX_VALUE;

    Battlefield(long seed, ChannelConfig config) {
        this.config = config;
        random = new Random(seed);
        encoder = new ChannelEncoder(world, config, TICK_HZ);
    }

    private final class Hold implements FrameHold {
        @Override
        public boolean fits(int length) {
            return true;
        }

        @Override
        public boolean offer(
                Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            held.add(copy);
            heldChannels.add(channelId);
            return true;
        }
    }

    void subscribe(Tier tier) {
        for (long id : InterestRules.wholeSystem(tier)) {
            encoder.subscriptions().onSubscribe(GATEWAY, id);
        }
    }

    /** Subscribes to all channels of an audience around the origin. */
    void subscribeAudience(Tier tier, int audience, int cells) {
        encoder.subscriptions().onSubscribe(GATEWAY, ChannelId.placeless(tier, audience));
        for (SizeClass size : SizeClass.values()) {
            for (int x = -cells; x < cells; x++) {
                for (int y = -cells; y < cells; y++) {
                    for (int z = -cells; z < cells; z++) {
                        long id = ChannelId.ofAudience(size, tier, audience, x, y, z);
                        encoder.subscriptions().onSubscribe(GATEWAY, id);
                    }
                }
            }
        }
    }

    EntityId ship(SizeClass sizeClass, double x, double y, double z, int subsystems) {
        EntityId ship =
                world.create(
                        new Position(x, y, z),
                        new Motion(0, 0, 0, 0, 0, 0),
                        new Attitude(0, 0, 0, 1, 0, 0, 0),
                        new Size(sizeClass, 20),
                        Hull.of(1_000),
                        new Fuel(100, 100, 1));
        ships.add(ship);
        for (int i = 0; i < subsystems; i++) {
            SubsystemKind kind = SubsystemKind.values()[i];
            turrets.add(
                    world.create(
                            new Parent(ship, i, 0, 0), new Subsystem(kind, (byte) i, 100, 100)));
        }
        return ship;
    }

    void teleport(EntityId ship, double x, double y, double z) {
        world.write(ship, new Position(x, y, z));
    }

    /** Moves everything on, with new thrust, turn and damage now and then. */
    void move(double thrustMax) {
        for (EntityId id : ships) {
            Motion m = world.read(id, Motion.class);
            Position p = world.read(id, Position.class);
            if (m == null || p == null) {
                continue;
            }
            world.write(
                    id,
                    new Position(
                            p.x() + (m.vx() + m.ax() * DT / 2) * DT,
                            p.y() + (m.vy() + m.ay() * DT / 2) * DT,
                            p.z() + (m.vz() + m.az() * DT / 2) * DT));
            boolean draw = random.nextInt(25) == 0;
            world.write(
                    id,
                    new Motion(
                            (float) (m.vx() + m.ax() * DT),
                            (float) (m.vy() + m.ay() * DT),
                            (float) (m.vz() + m.az() * DT),
                            draw ? thrust(thrustMax, p.x(), m.vx()) : m.ax(),
                            draw ? thrust(thrustMax, p.y(), m.vy()) : m.ay(),
                            draw ? thrust(thrustMax, p.z(), m.vz()) : m.az()));
            if (random.nextInt(40) == 0) {
                world.write(id, new Hull(random.nextInt(1_000), 1_000));
            }
            if (random.nextInt(60) == 0) {
                // Whose thrust is 0 is calm: it doesn't claim to turn either.
                float drawn = random.nextInt(3) == 0 ? 0 : random.nextFloat() - 0.5f;
                float spin = thrustMax > 0 ? drawn : 0;
                world.write(id, new Attitude(0, 0, 0, 1, spin, 0, spin / 2));
            }
        }
    }

    private float thrust(double max, double place, float speed) {
        if (Math.abs(place) > extent) {
            return (float) (-Math.signum(place) * max);
        }
        if (Math.abs(speed) > 10 * max) {
            return (float) (-Math.signum(speed) * max);
        }
        return (float) ((random.nextDouble() * 2 - 1) * max);
    }

    /** Ends a tick: every message that it publishes goes to the listener, in order. */
    void publish(BiConsumer<DirectBuffer, Integer> listener) {
        tick++;
        world.apply();
        world.stamp(tick);
        encoder.locate(tick);
        held.clear();
        heldChannels.clear();
        encoder.encode(tick, hold);
        UnsafeBuffer buffer = new UnsafeBuffer();
        for (int i = 0; i < held.size(); i++) {
            buffer.wrap(held.get(i));
            if (encoder.mayRelease(heldChannels.get(i), buffer, 0)) {
                encoder.released(heldChannels.get(i), buffer, 0);
                listener.accept(buffer, buffer.capacity());
            }
        }
    }

    double between(double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    @Override
    public void close() {
        world.close();
    }
}
