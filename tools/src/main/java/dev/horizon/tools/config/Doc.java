package dev.horizon.tools.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One sentence on a section or key, shown by {@code config show} and in docs/configuration.md. */
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Doc {
    /** The sentence. */
    String value();

    /** True for a value that is never printed. */
    boolean secret() default false;
}
