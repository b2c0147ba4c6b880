package dev.horizon.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.TickStarted;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Handlers' classes of replaced versions are collected while events go on, by the collector that
 * keeps what compiled code names (docs/adr/0017).
 */
class ReplacedHandlersTest {
    private static final int VERSIONS = 12;
    private static final int EVENTS = 150_000;
    private static final int COLLECTIONS_MAX = 40;

    private volatile EventBus bus;
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private volatile boolean isOver;

    @Test
    void shouldLeaveNothingOfReplacedVersions() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-XX:+UseZGC", "-Xmx64m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(ReplacedHandlersTest.class.getName());
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains("left 0 of " + (VERSIONS - 1));
    }

    /** The child. */
    public static void main(String[] args) throws Exception {
        new ReplacedHandlersTest().run();
    }

    private void run() throws Exception {
        bus = bus();
        Untouched.attach(bus);
        for (int version = 0; version < VERSIONS; version++) {
            if (version > 0) {
                bus.adopt(bus(), plugin -> false);
            }
            for (int i = 0; i < EVENTS; i++) {
                bus.dispatch(TickStarted.INSTANCE);
            }
        }
        Thread ticking = new Thread(this::goOn);
        ticking.start();
        for (int i = 0; i < COLLECTIONS_MAX && left() > 0; i++) {
            System.gc(); // a whole cycle: it waits for its end
        }
        isOver = true;
        ticking.join();
        System.out.println("left " + left() + " of " + (VERSIONS - 1));
    }

    private void goOn() {
        while (!isOver) {
            bus.dispatch(TickStarted.INSTANCE);
        }
    }

    /** Replaced versions that somebody keeps. */
    private long left() {
        return loaders.subList(0, VERSIONS - 1).stream().filter(each -> each.get() != null).count();
    }

    /** With the handler of the next version. */
    @SuppressWarnings("unchecked")
    private EventBus bus() throws ReflectiveOperationException {
        ClassLoader loader = new VersionLoader();
        loaders.add(new WeakReference<>(loader));
        Object handler =
                loader.loadClass(Version.class.getName()).getDeclaredConstructor().newInstance();
        EventBusBuilder builder = EventBus.builder();
        builder.registrar("plugin").on(TickStarted.class, (EventHandler<TickStarted>) handler);
        return builder.build(1);
    }

    /** What a plugin brings. */
    public static final class Version implements EventHandler<TickStarted> {
        private long handled;

        /** Made by name. */
        public Version() {}

        @Override
        public void handle(TickStarted event, EventContext context) {
            handled++;
        }
    }

    /** Defines the handler's class itself, as each version of a plugin does. */
    private static final class VersionLoader extends ClassLoader {
        VersionLoader() {
            super(ReplacedHandlersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Version.class.getName())) {
                return super.loadClass(name, resolve);
            }
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = Objects.requireNonNull(getResourceAsStream(file))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
