package dev.horizon.tools.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings as the nested maps that records are bound from. */
final class ConfigTree {
    private ConfigTree() {}

    /** The settings below a prefix such as {@code node.}, nested; later ones win. */
    static Map<String, Object> below(String prefix, List<Setting> settings) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Setting setting : settings) {
            if (setting.path().startsWith(prefix)) {
                put(root, setting.path().substring(prefix.length()), setting.value());
            }
        }
        return root;
    }

    @SuppressWarnings("unchecked") // Inner nodes are made here alone.
    private static void put(Map<String, Object> root, String path, Object value) {
        Map<String, Object> at = root;
        int from = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
            String name = path.substring(from, dot);
            @Nullable Object inner = at.get(name);
            if (!(inner instanceof Map)) {
                inner = new LinkedHashMap<String, Object>();
                at.put(name, inner);
            }
            at = (Map<String, Object>) inner;
            from = dot + 1;
        }
        at.put(path.substring(from), value);
    }
}
