package dev.horizon.engine.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that entities are looked up by this field, a {@code long} or an {@link EntityId}, one of a
 * component: {@link World#find} and {@link World#forEach(Class, long, java.util.function.Consumer)}
 * then read an index instead of every row. Several entities may have the same key, and it may
 * change.
 */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {}
