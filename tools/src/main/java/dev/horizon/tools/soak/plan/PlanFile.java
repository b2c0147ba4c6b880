package dev.horizon.tools.soak.plan;

import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.config.TomlSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * A plan as it stands in a file.
 *
 * @param file as named
 * @param text whole
 * @param plan that it says
 * @param settings of the node, below {@code [settings]}
 */
public record PlanFile(Path file, String text, SoakPlan plan, List<Setting> settings) {
    private static final String SETTINGS = "settings.";

    /** The settings as {@code --set} takes them: KEY=VALUE each. */
    public List<String> flags() {
        return settings.stream().map(each -> each.path() + "=" + text(each.value())).toList();
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    /**
     * Reads a plan.
     *
     * @throws HorizonException HZ-CFG-001 to 006, as for a configuration
     */
    public static PlanFile read(Path file) {
        TomlSettings.Document document = TomlSettings.document(file);
        List<Setting> settings =
                document.settings().stream()
                        .filter(setting -> setting.path().startsWith(SETTINGS))
                        .map(setting ->
                                new Setting(
                                        setting.path().substring(SETTINGS.length()),
                                        setting.value(),
                                        setting.origin()))
                        .toList();
        ConfigLoader.check(settings);
        List<Setting> own =
                document.settings().stream()
                        .filter(setting -> !setting.path().startsWith(SETTINGS))
                        .toList();
        try {
            SoakPlan plan = ConfigBinder.bind(SoakPlan.class, TomlSettings.tree(own), "");
            return new PlanFile(file, document.text(), plan, settings);
        } catch (HorizonException e) {
            throw new HorizonException(e.code(), file + ": " + e.getMessage(), e);
        }
    }
}
