package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.PluginStarted;
import dev.horizon.engine.host.LoadedPlugin;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.schedule.Arrangement;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TapeSetupDecoder;
import dev.horizon.schemas.ticklog.TapeSetupEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the plugins' code at the beginning of a tick: the setup that names it is the first of
 * the tick's recorded inputs, so that a replay exchanges it at the same tick. State stays where it
 * is; systems, handlers, commands and derived objects are those of the other code from then on.
 */
public final class PluginChanges implements InputSource {
    private final WorldState world;
    private final Schedule schedule;
    private final EventBus events;
    private final Sessions sessions;
    private final Borders borders;
    private final Timers timers;
    private final @Nullable PluginSource source;
    private final AtomicReference<@Nullable Change> asked = new AtomicReference<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TapeSetupDecoder decoder = new TapeSetupDecoder();
    private @Nullable Change recorded;
    private Map<String, String> hashes;
    private List<LoadedPlugin> running;
    private byte[] setup = {};

    PluginChanges(TickLoopBuilder from, Sessions sessions, Borders borders, Timers timers) {
        world = from.world;
        schedule = from.schedule;
        events = from.events;
        source = from.pluginSource;
        hashes = hashes(from.plugins);
        running = from.plugins;
        this.sessions = sessions;
        this.borders = borders;
        this.timers = timers;
    }

    /**
     * Asks for other code from the next tick on; from any thread, one change at a time.
     *
     * @param setup what a replay needs to load the same
     * @return the tick that runs it first, once that has begun; or a HorizonException: HZ-WLD-…
     *     when components can't pass on, HZ-SYS-… when systems don't fit, HZ-PLG-015 while another
     *     change waits, HZ-PLG-016 when the setup is too long to record. Nothing has changed then
     */
    public CompletableFuture<Long> submit(byte[] setup, LoadedPlugins plugins) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        try {
            Arrangement arrangement = schedule.arrange(plugins.systems(), plugins.derived());
            if (!asked.compareAndSet(null, new Change(setup, plugins, arrangement, done))) {
                throw new HorizonException(
                        "HZ-PLG-015", "another change of plugins waits for its tick; try again");
            }
        } catch (HorizonException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        Change change = asked.get();
        if (change == null || limit <= 0) {
            return 0;
        }
        asked.set(null);
        try {
            world.requireAdoptable(components(change.plugins));
            UnsafeBuffer message = encoded(change.setup);
            if (!handler.onInput(message, 0, message.capacity())) {
                throw new HorizonException(
                        "HZ-PLG-016", "the setup with these plugins is too long for one tick");
            }
            recorded = change;
            return 1;
        } catch (HorizonException e) {
            change.refuse(e);
            return 0;
        }
    }

    /**
     * Makes the change that a batch begins with, if it does.
     *
     * @return true when components may be others now
     */
    boolean apply(InputBatch batch, long tick) {
        int at = InputBatch.inputAt(batch.first());
        int length = batch.inputs() == 0 ? 0 : batch.inputLength(batch.first());
        if (!isSetup(batch.buffer(), at, length)) {
            return false;
        }
        Change change = recorded;
        recorded = null;
        LoadedPlugins plugins;
        Arrangement arrangement;
        decoder.wrapAndApplyHeader(batch.buffer(), at, header);
        setup = new byte[decoder.setupLength()];
        decoder.getSetup(setup, 0, setup.length);
        if (change == null) {
            plugins = Objects.requireNonNull(source).load(setup);
            arrangement = schedule.arrange(plugins.systems(), plugins.derived());
        } else {
            plugins = change.plugins;
            arrangement = change.arrangement;
        }
        exchange(plugins, arrangement);
        if (change != null) {
            change.done.completeAsync(() -> tick);
        }
        return true;
    }

    /** Those whose code runs; tick thread. */
    List<LoadedPlugin> plugins() {
        return running;
    }

    private void exchange(LoadedPlugins plugins, Arrangement arrangement) {
        Map<String, String> before = hashes;
        Map<String, String> after = hashes(plugins.plugins());
        Map<String, List<EventField>> waiting = timers.forms();
        world.adopt(components(plugins));
        schedule.adopt(arrangement, name -> isSame(before, after, name));
        events.adopt(plugins.events(), name -> isSame(before, after, name));
        timers.follow(waiting);
        for (String skipped : events.skippedPlugins()) {
            events.skip(skipped, true);
            schedule.skip(skipped, true);
        }
        sessions.sights(plugins.sights());
        borders.tethers(plugins.tethers());
        hashes = after;
        running = plugins.plugins();
        for (LoadedPlugin plugin : plugins.plugins()) {
            String name = plugin.descriptor().name();
            if (!isSame(before, after, name)) {
                events.dispatch(
                        new PluginStarted(
                                name,
                                plugin.descriptor().version().toString(),
                                before.containsKey(name)));
                if (world.hasPendingChanges()) {
                    world.apply();
                }
            }
        }
    }

    /** Code without a hash is an object that a program put in: it may be any other. */
    private static boolean isSame(
            Map<String, String> before, Map<String, String> after, String plugin) {
        String hash = after.getOrDefault(plugin, "");
        return !hash.isEmpty() && hash.equals(before.get(plugin));
    }

    private static Map<String, String> hashes(List<LoadedPlugin> plugins) {
        Map<String, String> hashes = new LinkedHashMap<>();
        plugins.forEach(plugin -> hashes.put(plugin.descriptor().name(), plugin.sha256()));
        return hashes;
    }

    private static List<ComponentType<?>> components(LoadedPlugins plugins) {
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        return components;
    }

    /** What the last change recorded; empty before the first. */
    byte[] setup() {
        return setup;
    }

    /** True for what nobody may send but a desk, or a tape: to exchange code, or move entities. */
    boolean isForged(DirectBuffer buffer, int offset, int length) {
        return source == null
                && length >= MessageHeaderDecoder.ENCODED_LENGTH
                && (isSetup(buffer, offset, length) || TransferDesk.sends(header));
    }

    private boolean isSetup(DirectBuffer buffer, int offset, int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return false;
        }
        header.wrap(buffer, offset);
        return header.schemaId() == TapeSetupDecoder.SCHEMA_ID
                && header.templateId() == TapeSetupDecoder.TEMPLATE_ID;
    }

    private static UnsafeBuffer encoded(byte[] setup) {
        UnsafeBuffer message =
                new UnsafeBuffer(
                        new byte
                                [MessageHeaderEncoder.ENCODED_LENGTH
                                        + TapeSetupEncoder.setupHeaderLength()
                                        + setup.length]);
        new TapeSetupEncoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .putSetup(setup, 0, setup.length);
        return message;
    }

    private record Change(
            byte[] setup,
            LoadedPlugins plugins,
            Arrangement arrangement,
            CompletableFuture<Long> done) {
        /** Tells another thread, for what follows from it is none of the tick's. */
        void refuse(HorizonException reason) {
            Thread.ofVirtual().start(() -> done.completeExceptionally(reason));
        }
    }
}
