package dev.horizon.engine.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Sends a component to clients that see its entity at one of the given tiers. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Replicated {
    /** The tiers whose field set the component belongs to. */
    Tier[] value();

    /**
     * True for what is only nice to know: under overload, changes of it are told once there is room
     * again. Who begins to see the entity still gets all of it.
     */
    boolean cosmetic() default false;
}
