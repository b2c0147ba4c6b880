package dev.horizon.engine.systems;

/**
 * Names an object that is derived from columns and rebuilt from them at any time, such as a spatial
 * grid. It is never captured; what it holds must be a function of the columns.
 *
 * @param name unique in a world
 * @param type class of the object
 * @param <T> class of the object
 */
public record DerivedKey<T>(String name, Class<T> type) {}
