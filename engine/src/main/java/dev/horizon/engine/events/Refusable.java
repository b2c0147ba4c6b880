package dev.horizon.engine.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an event record of the engine that asks: a handler that {@linkplain EventContext#refuse
 * refuses} keeps it from happening, and from handlers of later priority.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refusable {}
