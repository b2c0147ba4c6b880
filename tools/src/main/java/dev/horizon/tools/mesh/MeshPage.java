package dev.horizon.tools.mesh;

import dev.horizon.net.gateway.HttpReply;
import dev.horizon.net.gateway.HttpRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the page of a local mesh asks for. Thread-safe. */
final class MeshPage {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private final LocalMesh mesh;

    MeshPage(LocalMesh mesh) {
        this.mesh = mesh;
    }

    List<HttpRoute> routes() {
        return List.of(
                HttpRoute.get(
                        "/api/mesh", call -> HttpReply.json(JSON.writeValueAsString(state()))));
    }

    private Map<String, Object> state() {
        MeshWatch.Heard heard = mesh.heard();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("starSystem", mesh.layout().starSystem());
        all.put("folder", mesh.layout().folder().toString());
        all.put("members", mesh.layout().members());
        all.put("keyFile", mesh.layout().keyFile().toString());
        all.put("radius", mesh.layout().radiusMetres());
        all.put("leader", heard.leader() < 0 ? "" : MeshLayout.member(heard.leader()));
        all.put("trouble", heard.trouble());
        all.put("processes", mesh.statuses().stream().map(MeshPage::asMap).toList());
        all.putAll(MeshReport.asMap(heard.view()));
        all.put("history", mesh.history().events());
        return all;
    }

    private static Map<String, Object> asMap(MeshProcess.Status status) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", status.part().name());
        row.put("role", status.part().role().verb());
        row.put("address", status.part().address());
        row.put("pid", status.pid());
        row.put("state", status.state().name().toLowerCase(Locale.ROOT));
        row.put("starts", status.starts());
        return row;
    }
}
