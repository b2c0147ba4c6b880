package dev.horizon.engine.tick;

import dev.horizon.engine.config.Spelling;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Shows entities to any thread. The tick thread copies raw rows, a bounded number per tick; records
 * are made of them elsewhere. An answer of several ticks may show entities of different ticks.
 */
public final class Inspector implements AutoCloseable {
    /** Requests that wait for the tick thread. */
    private static final int REQUESTS_MAX = 64;

    /** Rows that the tick thread looks at or copies per tick. */
    private static final int ROWS_PER_TICK_MAX = 2048;

    private final WorldState world;
    private final CostSurvey survey;
    private final ManyToOneConcurrentArrayQueue<InspectorPage> requests =
            new ManyToOneConcurrentArrayQueue<>(REQUESTS_MAX);
    private @Nullable InspectorPage current;
    private long tick;
    private volatile boolean isClosed;

    Inspector(WorldState world, CostSurvey survey) {
        this.world = world;
        this.survey = survey;
    }

    /**
     * What the entities in a region cost the node, and where they are: counted by what is known of
     * each, not measured.
     *
     * @throws HorizonException HZ-QRY-002 when too many requests wait
     */
    public CompletableFuture<RegionCosts> costs(Region region) {
        if (isClosed) {
            throw stopped();
        }
        return survey.ask(region);
    }

    /**
     * One entity.
     *
     * @return completes with its view, or with an empty list where it isn't there
     * @throws HorizonException HZ-QRY-002 when too many requests wait
     */
    public CompletableFuture<List<EntityView>> inspect(EntityId entity) {
        return submit(new InspectorPage(entity.value(), List.of(), List.of(), 1))
                .thenApplyAsync(page -> page.decode(null));
    }

    /**
     * Entities by their components.
     *
     * @throws HorizonException HZ-QRY-001 for an unknown component, HZ-QRY-002 when too many
     *     requests wait
     */
    public CompletableFuture<List<EntityView>> query(EntityQuery query) {
        return query(query, view -> true);
    }

    /** Entities by their components that also pass a filter, which runs off the tick thread. */
    public CompletableFuture<List<EntityView>> query(
            EntityQuery query, Predicate<EntityView> filter) {
        query.with().forEach(this::requireComponent);
        query.without().forEach(this::requireComponent);
        return collect(query, filter, new ArrayList<>(), 0, 0);
    }

    /** Names of all components of the world. */
    public List<String> components() {
        return world.registry().types().stream().map(ComponentType::name).toList();
    }

    /** Copies what is asked for, within the bound; on the tick thread, between ticks. */
    void serve(long currentTick) {
        tick = currentTick;
        survey.serve();
        int budget = ROWS_PER_TICK_MAX;
        while (budget > 0) {
            InspectorPage page = current == null ? requests.poll() : current;
            if (page == null) {
                return;
            }
            budget = page.entity == 0 ? scan(page, budget) : single(page, budget);
            current = page.filled.isDone() ? null : page;
        }
    }

    /** Fails what still waits. */
    @Override
    public void close() {
        isClosed = true;
        survey.close(stopped());
        InspectorPage page = requests.poll();
        while (page != null) {
            page.filled.completeExceptionally(stopped());
            page = requests.poll();
        }
    }

    private CompletableFuture<List<EntityView>> collect(
            EntityQuery query,
            Predicate<EntityView> filter,
            List<EntityView> found,
            int table,
            int row) {
        InspectorPage next = new InspectorPage(0, query.with(), query.without(), Integer.MAX_VALUE);
        next.table = table;
        next.row = row;
        return submit(next)
                .thenComposeAsync(page -> {
                    for (EntityView view : page.decode(filter)) {
                        if (found.size() < query.limit()) {
                            found.add(view);
                        }
                    }
                    return page.isComplete || found.size() == query.limit()
                            ? CompletableFuture.completedFuture(found)
                            : collect(query, filter, found, page.table, page.row);
                });
    }

    private CompletableFuture<InspectorPage> submit(InspectorPage page) {
        if (isClosed) {
            throw stopped();
        }
        if (!requests.offer(page)) {
            throw new HorizonException(
                    "HZ-QRY-002", "too many queries wait for the tick; try again in a moment");
        }
        return page.filled;
    }

    private int single(InspectorPage page, int budget) {
        long location = world.lookup().locate(page.entity);
        if (location != Lookup.NOWHERE) {
            Table table = world.table(Lookup.table(location));
            page.add(page.entity, tick, table.composition(), table.columns(), Lookup.row(location));
        }
        page.isComplete = true;
        page.filled.complete(page);
        return budget - 1;
    }

    private int scan(InspectorPage page, int budget) {
        int left = budget - 1;
        while (page.table < world.tableCount()) {
            Table table = world.table(page.table);
            if (page.matches(table.composition())) {
                while (page.row < table.size()) {
                    if (left <= 0) {
                        return 0;
                    }
                    boolean added =
                            page.add(
                                    table.entityAt(page.row),
                                    tick,
                                    table.composition(),
                                    table.columns(),
                                    page.row);
                    if (!added) {
                        page.filled.complete(page);
                        return left;
                    }
                    page.row++;
                    left--;
                }
            }
            page.table++;
            page.row = 0;
        }
        page.isComplete = true;
        page.filled.complete(page);
        return left;
    }

    private void requireComponent(String name) {
        List<String> known = components();
        if (!known.contains(name)) {
            String nearest = Spelling.nearest(name, known);
            throw new HorizonException(
                    "HZ-QRY-001",
                    "no component '"
                            + name
                            + "'; "
                            + (nearest == null
                                    ? "there are: " + String.join(", ", known)
                                    : "did you mean '" + nearest + "'?"));
        }
    }

    private static HorizonException stopped() {
        return new HorizonException("HZ-QRY-003", "the node is stopping; ask another");
    }
}
