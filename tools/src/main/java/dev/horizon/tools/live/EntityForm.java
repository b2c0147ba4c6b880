package dev.horizon.tools.live;

import dev.horizon.engine.query.Fields;
import dev.horizon.engine.tick.EntityView;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entities as the API tells them. */
public final class EntityForm {
    private EntityForm() {}

    /** All components of an entity. */
    public static EntityStatus of(EntityView view) {
        Map<String, Map<String, Object>> components = new LinkedHashMap<>();
        view.components().forEach((name, component) -> components.put(name, Fields.of(component)));
        return new EntityStatus(view.id().toString(), view.tick(), components);
    }
}
