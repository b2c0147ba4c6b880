package dev.horizon.net.gateway;

import dev.horizon.engine.world.ComponentField;
import dev.horizon.engine.world.ComponentType;
import java.util.Collection;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client must know of components to read their rows, as {@code GET /api/components} says it.
 */
public final class ComponentDescriptors {
    private ComponentDescriptors() {}

    /**
     * The replicated components: {@code [{"name","wireId","tiers":["CLOSE",...],"fields":[{"name",
     * "kind","length","constants":[...]}]}]}. Kinds are those of {@link ComponentField.Kind}.
     */
    public static String json(Collection<? extends ComponentType<?>> components) {
        ArrayNode all = Envelope.JSON.createArrayNode();
        for (ComponentType<?> component : components) {
            if (component.tiers().isEmpty()) {
                continue;
            }
            ObjectNode entry = all.addObject();
            entry.put("name", component.name());
            entry.put("wireId", component.wireId());
            ArrayNode tiers = entry.putArray("tiers");
            component.tiers().stream().sorted().forEach(tier -> tiers.add(tier.name()));
            ArrayNode fields = entry.putArray("fields");
            for (ComponentField field : component.fields()) {
                ObjectNode each = fields.addObject();
                each.put("name", field.name());
                each.put("kind", field.kind().name());
                each.put("length", field.length());
                ArrayNode constants = each.putArray("constants");
                field.constants().forEach(constants::add);
            }
        }
        return Envelope.JSON.writeValueAsString(all);
    }
}
