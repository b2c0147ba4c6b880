package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What this node knows of guilds and their members, of all nodes. */
final class Members {
    private Members() {}

    /** The guild of a player; where two nodes took them in at one moment, the one that stays. */
    static @Nullable Membership of(World world, long playerId) {
        Membership[] found = new Membership[1];
        world.forEach(
                Membership.class,
                playerId,
                id -> {
                    Membership member = world.exists(id) ? world.read(id, Membership.class) : null;
                    if (member != null
                            && (found[0] == null
                                    || member.guild().value() < found[0].guild().value())) {
                        found[0] = member;
                    }
                });
        return found[0];
    }

    static @Nullable EntityId entry(World world, EntityId guild, long playerId) {
        EntityId[] found = new EntityId[1];
        world.forEach(
                Membership.class,
                playerId,
                id -> {
                    Membership member = world.exists(id) ? world.read(id, Membership.class) : null;
                    if (member != null && member.guild().equals(guild)) {
                        found[0] = id;
                    }
                });
        return found[0];
    }

    /** A member by their player's number, or null. */
    static @Nullable Membership in(World world, EntityId guild, long playerId) {
        EntityId entry = entry(world, guild, playerId);
        return entry == null ? null : world.read(entry, Membership.class);
    }

    static @Nullable Membership named(World world, EntityId guild, String name) {
        List<Membership> found =
                members(
                        world,
                        member -> member.guild().equals(guild) && member.name().equals(name));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The members of a guild, in the order in which they joined. */
    static List<Membership> of(World world, EntityId guild) {
        return members(world, member -> member.guild().equals(guild));
    }

    static List<Membership> members(World world, Predicate<Membership> wanted) {
        return all(world, Membership.class, wanted).stream()
                .map(id -> world.read(id, Membership.class))
                .toList();
    }

    /** Who leads once a player has left: the highest of the others, or null for nobody. */
    static @Nullable Membership heir(World world, EntityId guild, long leaver) {
        Membership best = null;
        for (Membership member : of(world, guild)) {
            if (member.playerId() != leaver
                    && (best == null || member.rank().compareTo(best.rank()) > 0)) {
                best = member;
            }
        }
        return best;
    }

    static @Nullable EntityId entity(World world, EntityId guild) {
        EntityId found = world.find(Guild.class, guild.value());
        return found != null && world.exists(found) ? found : null;
    }

    static @Nullable Guild guild(World world, EntityId guild) {
        EntityId entity = entity(world, guild);
        return entity == null ? null : world.read(entity, Guild.class);
    }

    /** Guilds whose home a node is, in order of their ids. */
    static List<Guild> guildsOf(World world, int node) {
        return all(world, Guild.class, guild -> guild.id().block() == node).stream()
                .map(id -> world.read(id, Guild.class))
                .sorted(Comparator.comparingLong(guild -> guild.id().value()))
                .toList();
    }

    static boolean isTaken(World world, String name, String tag) {
        return !all(world, Guild.class, each -> isSame(each.name(), each.tag(), name, tag))
                        .isEmpty()
                || !all(world, Founding.class, each -> isSame(each.name(), each.tag(), name, tag))
                        .isEmpty()
                || !all(
                                world,
                                Reservation.class,
                                each -> isSame(each.name(), each.tag(), name, tag))
                        .isEmpty();
    }

    private static boolean isSame(String name, String tag, String other, String otherTag) {
        return name.equalsIgnoreCase(other) || tag.equals(otherTag);
    }

    /** The entities that have a component which fits. */
    static <R extends Record> List<EntityId> all(
            World world, Class<R> component, Predicate<R> wanted) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(
                component,
                id -> {
                    R read = world.exists(id) ? world.read(id, component) : null;
                    if (read != null && wanted.test(read)) {
                        found.add(id);
                    }
                });
        return found;
    }
}
