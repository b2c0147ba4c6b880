package dev.horizon.tools.config;

import dev.horizon.engine.config.ConfigBinder;
import java.lang.reflect.RecordComponent;

/** The text of docs/configuration.md, made from the records, so that it can't be wrong. */
public final class ConfigReference {
    private ConfigReference() {}

    /** The whole page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Configuration\n\n")
                .append(
                        "<!-- Made from the records in dev.horizon.tools.config by ConfigReference;")
                .append(" a test compares. -->\n\n")
                .append(
                        "Flags win over environment, environment over the TOML file (`--config FILE`,")
                .append(" or `./horizon.toml`), the file over\n")
                .append("defaults. `--set KEY=VALUE` sets any key; the environment variable of")
                .append(" `node.tick-hz` is\n`HORIZON_NODE__TICK_HZ`. An unknown key is an error.")
                .append(" `horizon config show` prints each value with\nits origin,")
                .append(" `horizon config check FILE` checks a file.\n\n")
                .append("```toml\n[node]\ntick-hz = 30\n\n[gateway]\nhello-timeout = \"3s\"\n\n")
                .append("[plugins.sol]\nships = 500\n```\n");
        for (RecordComponent section : HorizonConfig.class.getRecordComponents()) {
            if (section.getType().isRecord()) {
                section(page, section);
            }
        }
        page.append("\n## [plugins.NAME]\n\nWhat a plugin declares in its configuration record;")
                .append(" each plugin refuses keys that it doesn't know.\n");
        return page.toString();
    }

    private static void section(StringBuilder page, RecordComponent section) {
        String name = ConfigBinder.kebab(section.getName());
        Doc doc = section.getType().getAnnotation(Doc.class);
        page.append("\n## [").append(name).append("]\n\n").append(doc == null ? "" : doc.value());
        page.append("\n\n| key | type | default | what it does |\n| --- | --- | --- | --- |\n");
        for (ConfigKey key : ConfigKey.of(section.getType().asSubclass(Record.class))) {
            page.append("| `").append(key.path()).append("` | ").append(type(key));
            page.append(" | ").append(code(key.defaultText())).append(" | ");
            page.append(key.doc()).append(" |\n");
        }
    }

    private static String type(ConfigKey key) {
        Range range = key.range();
        String bounds =
                range == null
                        ? ""
                        : ", " + ConfigKey.bounds(range, key.type().startsWith("duration"));
        return key.type().replace("|", "or") + bounds;
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
