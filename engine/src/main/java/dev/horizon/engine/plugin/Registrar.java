package dev.horizon.engine.plugin;

import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Sight;
import dev.horizon.engine.world.Tether;
import java.util.function.Supplier;

/** Where a plugin says what it consists of. Usable during {@link Plugin#setup} alone. */
public interface Registrar {
    /**
     * The plugin's configuration, bound from {@code [plugins.NAME]}; fields that aren't configured
     * take the record's defaults (see {@link Default}).
     *
     * @throws HorizonException HZ-CFG-… for an unknown key or a value of the wrong type
     */
    <C extends Record> C config(Class<C> type);

    /** Registers components. Registering the same type twice does nothing. */
    void components(ComponentType<?>... types);

    /** Registers a system. */
    void system(SystemSpec system);

    /** Registers an object derived from columns; made anew at every start and reload. */
    <T> void derived(DerivedKey<T> key, Supplier<T> factory);

    /** Registers how far entities see; of several, the least answer counts. */
    void sight(Sight sight);

    /** Registers what entities stay with; one tether that holds is enough. */
    void tether(Tether tether);

    /** Registers event handlers and events for clients. */
    EventRegistrar events();

    /**
     * Registers slow work: {@link dev.horizon.engine.events.EventContext#async} starts it with an
     * input of this type, and its answer is raised as a plugin event, for handlers registered with
     * {@link EventRegistrar#onPlugin}.
     *
     * @throws HorizonException HZ-PLG-020 when another task takes this input
     */
    <I extends Record, O extends Record> void async(
            Class<I> input, Class<O> answer, AsyncTask<I, O> task);

    /**
     * Offers a service to the mesh: what any node sends to this type with {@link
     * dev.horizon.engine.events.Services} is raised here as a plugin event, for handlers registered
     * with {@link EventRegistrar#onPlugin}. Of several events that a service takes each is offered.
     *
     * @param type lower-case letters, digits and dashes
     * @param event what is taken; of nodes whose record of this name has other fields, nothing is
     * @throws HorizonException HZ-SVC-004 for another name of a type, or more than {@link
     *     dev.horizon.engine.events.Services#TYPES_MAX} of them, HZ-EVT-008 when the record has a
     *     field that no payload carries
     */
    <E extends Record> void offer(String type, Class<E> event);

    /**
     * Offers an object to the plugins that depend on this one. It is code without state, made anew
     * at every start and reload; who uses it is reloaded with this plugin.
     *
     * @param type an interface, by which others ask for it
     * @throws HorizonException HZ-PLG-019 when another offers the same
     */
    <S> void provide(Class<S> type, S service);

    /**
     * What a plugin that this one depends on provides.
     *
     * @throws HorizonException HZ-PLG-019 when nobody does
     */
    <S> S service(Class<S> type);

    /** Registers a command for operators. */
    void command(CommandSpec command);

    /** The name of the plugin being set up. */
    String plugin();
}
