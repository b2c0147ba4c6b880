package dev.horizon.tools.config;

import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.config.Spelling;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.config.LoadedConfig.EffectiveValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the effective configuration: flags over environment over file over defaults. Whatever
 * nobody reads is refused with the place where it stands, so that a mistyped key never passes for a
 * set one.
 */
public final class ConfigLoader {
    /** Read where no {@code --config} is given and it exists in the working directory. */
    public static final Path DEFAULT_FILE = Path.of("horizon.toml");

    private static final String PLUGINS = "plugins";

    private ConfigLoader() {}

    /**
     * Loads from all sources.
     *
     * @param flags what the command line set, strongest
     * @param environment usually {@link System#getenv()}
     * @param file as given with {@code --config}, or null for {@link #DEFAULT_FILE} where it exists
     * @throws HorizonException HZ-CFG-001 for an unknown key, 002 for a value of the wrong type,
     *     003 for one that is missing, 004 for one out of range, 005 and 006 for a file that can't
     *     be read
     */
    public static LoadedConfig load(
            List<Setting> flags, Map<String, String> environment, @Nullable Path file) {
        List<Setting> settings = new ArrayList<>();
        if (file != null) {
            settings.addAll(TomlSettings.read(file));
        } else if (Files.exists(DEFAULT_FILE)) {
            settings.addAll(TomlSettings.read(DEFAULT_FILE));
        }
        settings.addAll(EnvironmentSettings.read(environment));
        settings.addAll(flags);
        return bind(settings);
    }

    /**
     * Refuses settings that no node would start with.
     *
     * @throws HorizonException as {@link #load}
     */
    public static void check(List<Setting> settings) {
        bind(settings);
    }

    /** Binds settings, weakest first. */
    static LoadedConfig bind(List<Setting> settings) {
        refuseUnknown(settings);
        List<Object> parts = new ArrayList<>();
        for (RecordComponent component : HorizonConfig.class.getRecordComponents()) {
            String name = component.getName();
            if (component.getType().isRecord()) {
                parts.add(
                        bindSection(component.getType().asSubclass(Record.class), name, settings));
            } else {
                parts.add(ConfigTree.below(PLUGINS + ".", settings));
            }
        }
        HorizonConfig config = assemble(parts);
        return new LoadedConfig(config, effective(config, settings));
    }

    private static HorizonConfig assemble(List<Object> parts) {
        try {
            Constructor<?> constructor = HorizonConfig.class.getDeclaredConstructors()[0];
            return (HorizonConfig) constructor.newInstance(parts.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("HorizonConfig cannot be constructed", e);
        }
    }

    private static void refuseUnknown(List<Setting> settings) {
        Set<String> known = new LinkedHashSet<>();
        ConfigKey.of(HorizonConfig.class).forEach(key -> known.add(key.path()));
        for (Setting setting : settings) {
            boolean plugin = setting.path().startsWith(PLUGINS + ".");
            if (!plugin && !known.contains(setting.path())) {
                String nearest = Spelling.nearest(setting.path(), known);
                throw new HorizonException(
                        "HZ-CFG-001",
                        "unknown key '"
                                + setting.path()
                                + "' ("
                                + setting.origin().describe()
                                + "); "
                                + (nearest == null
                                        ? "remove it, or see 'horizon config show' for all keys"
                                        : "did you mean '" + nearest + "'?"));
            }
        }
    }

    private static Record bindSection(
            Class<? extends Record> type, String name, List<Setting> settings) {
        try {
            Record section = ConfigBinder.bind(type, ConfigTree.below(name + ".", settings), name);
            checkRanges(section, name + ".", settings);
            return section;
        } catch (HorizonException e) {
            throw placed(e, type, name, settings);
        }
    }

    /** Adds where the culprit stands: the first setting that fails alone. */
    private static HorizonException placed(
            HorizonException fault,
            Class<? extends Record> type,
            String name,
            List<Setting> settings) {
        for (Setting setting : winners(settings).values()) {
            if (setting.path().startsWith(name + ".")) {
                try {
                    ConfigBinder.bind(type, ConfigTree.below(name + ".", List.of(setting)), name);
                } catch (HorizonException alone) {
                    return new HorizonException(
                            alone.code(),
                            alone.getMessage() + " (set by " + setting.origin().describe() + ")",
                            alone);
                }
            }
        }
        return fault;
    }

    private static void checkRanges(Record section, String prefix, List<Setting> settings) {
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            String path = prefix + ConfigBinder.kebab(component.getName());
            Object value = value(section, component);
            Range range = component.getAnnotation(Range.class);
            if (value instanceof Record nested) {
                checkRanges(nested, path + ".", settings);
            } else if (range != null) {
                double at = magnitude(value);
                if (!(at >= range.min() && at <= range.max())) {
                    throw new HorizonException(
                            "HZ-CFG-004",
                            "'"
                                    + path
                                    + "' is "
                                    + text(value)
                                    + " ("
                                    + origin(path, settings).describe()
                                    + "); set it to a value from "
                                    + ConfigKey.bounds(range, value instanceof Duration));
                }
            }
        }
    }

    /** A number as it is, a duration in seconds. */
    private static double magnitude(Object value) {
        return value instanceof Duration duration
                ? duration.toMillis() / 1e3
                : ((Number) value).doubleValue();
    }

    private static List<EffectiveValue> effective(HorizonConfig config, List<Setting> settings) {
        List<EffectiveValue> values = new ArrayList<>();
        collect(config, "", settings, values);
        winners(settings)
                .forEach((path, setting) -> {
                    if (path.startsWith(PLUGINS + ".")) {
                        values.add(
                                new EffectiveValue(
                                        path, String.valueOf(setting.value()), setting.origin()));
                    }
                });
        return values;
    }

    private static void collect(
            Record section, String prefix, List<Setting> settings, List<EffectiveValue> into) {
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            String path = prefix + ConfigBinder.kebab(component.getName());
            Object value = value(section, component);
            if (value instanceof Record nested) {
                collect(nested, path + ".", settings, into);
            } else if (!(value instanceof Map)) {
                into.add(new EffectiveValue(path, shown(component, value), origin(path, settings)));
            }
        }
    }

    private static String shown(RecordComponent component, Object value) {
        Doc doc = component.getAnnotation(Doc.class);
        String text = text(value);
        return doc != null && doc.secret() && !text.isEmpty() ? "(set)" : text;
    }

    private static Object value(Record section, RecordComponent component) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() % 1000 == 0
                    ? duration.toSeconds() + "s"
                    : duration.toMillis() + "ms";
        }
        return value instanceof Double number ? ConfigKey.plain(number) : String.valueOf(value);
    }

    private static Origin origin(String path, List<Setting> settings) {
        Setting winner = winners(settings).get(path);
        return winner == null ? new Origin.Default() : winner.origin();
    }

    private static Map<String, Setting> winners(List<Setting> settings) {
        Map<String, Setting> winners = new LinkedHashMap<>();
        settings.forEach(setting -> winners.put(setting.path(), setting));
        return winners;
    }
}
