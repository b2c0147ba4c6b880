package dev.horizon.engine.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a record as a component. The annotation processor writes {@code <Record>Column} beside
 * it: storage, snapshot, hash, transfer and wire form all come from this one declaration.
 *
 * <p>Fields are primitives, enums, {@link EntityId}, {@link String} with {@link MaxLength}, or
 * arrays of primitives with {@link Length}. Lists are child entities.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Component {
    /** Name on the wire and in tools; the record's simple name where empty. Unique in a world. */
    String value() default "";
}
