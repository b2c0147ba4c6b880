package dev.horizon.ecs.damage;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import java.util.function.BiConsumer;

/** The damage mechanism: register it once per world, after weapons and subsystems. */
public final class Damage {
    /** Takes hits on what other nodes see as ghosts. */
    public static final String SERVICE = "damage";

    private Damage() {}

    /**
     * Registers {@link Hull}, {@link Shield}, {@link DamageState}, {@link Wreck}, {@link FarHit}
     * and the systems {@code damage} (RESOLVE), which consumes {@link dev.horizon.ecs.weapons.Hit},
     * {@code far-hits} (ACT) and {@code shields} (UPKEEP). Offers {@link #SERVICE}: what hits a
     * ghost harms its entity, where that is, some ticks later.
     */
    public static void register(Registrar registrar) {
        registrar.components(
                HullColumn.TYPE,
                ShieldColumn.TYPE,
                DamageStateColumn.TYPE,
                WreckColumn.TYPE,
                FarHitColumn.TYPE);
        registrar.offer(SERVICE, FarHit.class);
        registrar.events().onPlugin(FarHit.class, FarHits::take);
        BiConsumer<EntityId, EventContext> send = FarHits::send;
        registrar
                .events()
                .on(
                        TickStarted.class,
                        (event, context) -> context.world().forEach(FarHit.class, context, send));
        registrar.system(
                SystemSpec.of("far-hits", Stage.ACT, FarHitSystem.access(), new FarHitSystem()));
        registrar.system(
                SystemSpec.exclusive(
                        "damage", Stage.RESOLVE, DamageSystem.access(), new DamageSystem()));
        registrar.system(
                SystemSpec.of("shields", Stage.UPKEEP, ShieldSystem.access(), new ShieldSystem()));
    }
}
