package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.Players;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.World;
import java.lang.reflect.Proxy;

/** What handlers are given that use none of it. */
final class Untouched {
    private Untouched() {}

    static void attach(EventBus bus) {
        bus.attach(new FixedTick(42), unused(World.class), unused(Players.class), LaterEvents.NONE);
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            throw new AssertionError(method + " isn't expected to be called");
                        }));
    }

    private record FixedTick(long number) implements Tick {
        @Override
        public double dt() {
            return 0.05;
        }

        @Override
        public long seed() {
            return 1;
        }
    }
}
