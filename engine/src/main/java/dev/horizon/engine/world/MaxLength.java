package dev.horizon.engine.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bound of a text field, in bytes of UTF-8; longer text is refused when it is set. */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface MaxLength {
    /** Bytes, 1 to 255. */
    int value();
}
