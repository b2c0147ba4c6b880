package dev.horizon.perf;

import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.world.EntityId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No players at all: for worlds without sessions. */
public final class Nobody implements Players {
    @Override
    public List<Player> all() {
        return List.of();
    }

    @Override
    public @Nullable Player find(long playerId) {
        return null;
    }

    @Override
    public @Nullable Player named(String name) {
        return null;
    }

    @Override
    public void send(Player to, Record event) {}

    @Override
    public void sendAll(Record event) {}

    @Override
    public void focus(Player player, EntityId entity) {}

    @Override
    public EntityId focus(Player player) {
        return EntityId.NONE;
    }

    @Override
    public List<Player> seeingFrom(EntityId entity) {
        return List.of();
    }

    @Override
    public void focusList(Player player, List<EntityId> entities) {}

    @Override
    public void audiences(Player player, List<Integer> audiences) {}

    @Override
    public @Nullable String metadata(Player player, String key) {
        return null;
    }

    @Override
    public void metadata(Player player, String key, String value) {}

    @Override
    public void disconnect(Player player, String code, String reason) {}
}
