package dev.horizon.engine.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a field had another name before: rows stored under that name keep their values when a
 * plugin is reloaded or a snapshot is read. A renamed record needs no such word: {@link Component}
 * keeps its name.
 */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface RenamedFrom {
    /** The name before. */
    String value();
}
