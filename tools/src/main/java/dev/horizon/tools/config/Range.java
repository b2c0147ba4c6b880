package dev.horizon.tools.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least and greatest value of a numeric key; outside of it the configuration is refused. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Range {
    /** Inclusive. */
    double min() default 0;

    /** Inclusive. */
    double max();
}
