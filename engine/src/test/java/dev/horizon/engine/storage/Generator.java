package dev.horizon.engine.storage;

import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.List;
import java.util.SplittableRandom;

/** Random components and entities from a seed. */
final class Generator {
    static final List<Class<? extends Record>> CLASSES =
            List.of(
                    Parts.Health.class,
                    Parts.Target.class,
                    Parts.Label.class,
                    Parts.Battery.class,
                    Parts.Marker.class,
                    Position.class,
                    Motion.class,
                    Attitude.class,
                    Size.class,
                    Parent.class,
                    Owner.class);

    private final SplittableRandom random;

    Generator(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    EntityId oneOf(List<EntityId> known) {
        return known.isEmpty() || oneIn(8)
                ? EntityId.NONE
                : known.get(random.nextInt(known.size()));
    }

    Class<? extends Record> componentClass() {
        return CLASSES.get(random.nextInt(CLASSES.size()));
    }

    Record component(Class<? extends Record> type, List<EntityId> known) {
        float f = (float) random.nextGaussian();
        if (type == Parts.Health.class) {
            return new Parts.Health(
                    random.nextInt(), (short) below(1 << 16), (byte) below(256), (char) below(999));
        } else if (type == Parts.Target.class) {
            return new Parts.Target(oneOf(known), random.nextLong());
        } else if (type == Parts.Label.class) {
            return new Parts.Label("ä" + below(100_000), Parts.Mood.values()[below(3)]);
        } else if (type == Parts.Battery.class) {
            EntityId[] links = {oneOf(known), oneOf(known)};
            return new Parts.Battery(new float[] {f, -f, Float.NaN}, links, oneIn(2));
        } else if (type == Parts.Marker.class) {
            return new Parts.Marker();
        } else if (type == Position.class) {
            return new Position(random.nextGaussian() * 1e9, -0.0, random.nextDouble());
        } else if (type == Motion.class) {
            return new Motion(f, f + 1, 0, 0, -f, 2);
        } else if (type == Attitude.class) {
            return new Attitude(0, 0, f, 1, f, f, f);
        } else if (type == Size.class) {
            return new Size(SizeClass.values()[below(4)], f);
        } else if (type == Parent.class) {
            return new Parent(oneOf(known), f, 2 * f, 3 * f);
        }
        return new Owner(random.nextLong());
    }
}
