package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.storage.EntityImage;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two worlds, and a test that carries what one says to the other. */
class TransfersTest {
    private static final long HERE = 100;
    private static final long THERE = 200;

    private final Told toldHere = new Told();
    private final Told toldThere = new Told();
    private final List<String> heard = new ArrayList<>();
    private EntityId kept = EntityId.NONE;
    private long leavingNanos;
    private final Plugin listener = this::listen;
    private final Rig here = new Rig(TickConfig.standard(), 1, listener);
    private final Rig there = new Rig(TickConfig.standard(), 2, listener);

    private void listen(Registrar registrar) {
        registrar
                .events()
                .on(
                        EntityLeaving.class,
                        (event, context) -> {
                            heard.add(event.entity() + " leaves");
                            here.clock.now += leavingNanos;
                            if (event.entity().equals(kept)) {
                                context.refuse("TEST-1", "it is bolted down");
                                return;
                            }
                            context.world().create(new Parent(event.entity(), 0, 0, 9));
                        });
        registrar
                .events()
                .on(EntityArrived.class, (event, context) -> heard.add(event.entity() + " comes"));
    }

    @BeforeEach
    void listen() {
        here.transfers = toldHere;
        there.transfers = toldThere;
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void shouldMoveAnEntityWithAllThatRidesInIt() {
        EntityId ship = ship(here, 7);
        EntityId crew = here.world.create(new Parent(ship, 1, 2, 3));
        here.tick(1);
        release(1, ship);
        here.tick(1);
        assertThat(here.world.exists(ship)).isFalse();
        assertThat(here.world.exists(crew)).isFalse();
        assertThat(toldHere.words).containsExactly("1 RELEASED");
        bring(0);
        assertThat(there.world.read(ship, Position.class)).isEqualTo(new Position(7, 8, 9));
        assertThat(there.world.read(crew, Parent.class)).isEqualTo(new Parent(ship, 1, 2, 3));
        assertThat(toldThere.words).containsExactly("received 1:1 without []");
        here.loop.transfers().settle(THERE, 1, List.of());
        here.tick(1);
        assertThat(toldHere.words).containsExactly("1 RELEASED", "1 SETTLED");
    }

    @Test
    void shouldMissNoTick() {
        Plugin counting =
                registrar ->
                        registrar.system(
                                SystemSpec.of(
                                        "count",
                                        Stage.MOVE,
                                        Access.none().writing(PositionColumn.TYPE),
                                        (rows, tick) -> {
                                            PositionColumn at = rows.write(PositionColumn.TYPE);
                                            for (int i = rows.from(); i < rows.to(); i++) {
                                                at.x[i] += 1;
                                            }
                                        }));
        try (Rig from = new Rig(TickConfig.standard(), 3, counting);
                Rig to = new Rig(TickConfig.standard(), 4, counting)) {
            Told told = new Told();
            from.transfers = told;
            EntityId ship = from.world.create(new Position(0, 0, 0));
            from.tick(2);
            from.loop.transfers().release(1, 1, ship.value(), HERE, THERE, 0);
            from.tick(1);
            to.loop.transfers().bring(told.parcels.getFirst());
            to.tick(1);
            assertThat(to.world.read(ship, Position.class).x()).as("ticks").isEqualTo(4);
        }
    }

    @Test
    void shouldTellPluginsBeforeAndAfterAndTakeAlongWhatTheyAdd() {
        EntityId ship = ship(here, 7);
        here.tick(1);
        release(1, ship);
        here.tick(1);
        bring(0);
        assertThat(heard).containsExactly(ship + " leaves", ship + " comes");
        assertThat(there.world.entities()).isEqualTo(2);
    }

    @Test
    void shouldKeepWhatAPluginRefusesToLetGo() {
        EntityId ship = ship(here, 7);
        kept = ship;
        here.tick(1);
        release(1, ship);
        here.tick(1);
        String refused = "1 keeps " + ship + ": TEST-1 it is bolted down";
        assertThat(toldHere.words).containsExactly(refused);
        assertThat(toldHere.parcels).isEmpty();
        assertThat(here.world.exists(ship)).isTrue();
        kept = EntityId.NONE;
        release(1, ship);
        here.tick(1);
        assertThat(toldHere.words)
                .as("recorded: it is so for good")
                .containsExactly(refused, refused);
        release(2, ship);
        here.tick(1);
        assertThat(here.world.exists(ship)).as("another transfer is asked anew").isFalse();
    }

    @Test
    void shouldTellPluginsOfLaterPriorityNothingOnceOneRefuses() {
        Plugin refusing =
                registrar -> {
                    registrar
                            .events()
                            .on(EntityLeaving.class, (event, context) -> heard.add("late"));
                    registrar
                            .events()
                            .on(
                                    EntityLeaving.class,
                                    -1,
                                    (event, context) -> context.refuse("TEST-1", "no"));
                };
        try (Rig rig = new Rig(TickConfig.standard(), 3, refusing)) {
            EntityId ship = ship(rig, 1);
            rig.tick(1);
            rig.loop.transfers().release(1, 1, ship.value(), HERE, THERE, 0);
            rig.tick(1);
            assertThat(rig.world.exists(ship)).isTrue();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void shouldShowHandlersWhatThoseBeforeThemLetRide() {
        Plugin packing =
                registrar -> {
                    registrar
                            .events()
                            .on(
                                    EntityLeaving.class,
                                    1,
                                    (event, context) ->
                                            context.world()
                                                    .create(new Parent(event.entity(), 0, 0, 0)));
                    registrar
                            .events()
                            .on(
                                    EntityLeaving.class,
                                    2,
                                    (event, context) -> {
                                        Lookup lookup = context.world().lookup();
                                        long rider = lookup.firstChild(event.entity().value());
                                        heard.add(rider == 0 ? "nobody" : "a rider");
                                    });
                };
        try (Rig rig = new Rig(TickConfig.standard(), 3, packing)) {
            EntityId ship = ship(rig, 1);
            rig.tick(1);
            rig.loop.transfers().release(1, 1, ship.value(), HERE, THERE, 0);
            rig.tick(1);
            assertThat(rig.world.exists(ship)).isFalse();
            assertThat(heard).containsExactly("a rider");
        }
    }

    @Test
    void shouldTellOfWhatMovedBeyondTheRegions() {
        EntityId near = here.world.create(new Position(50, 0, 0), still());
        EntityId far = here.world.create(new Position(150, 0, 0), still());
        here.world.create(new Position(150, 0, 0), still(), new Parent(near, 0, 0, 0));
        here.world.create(new Position(150, 0, 0));
        here.tick(10);
        assertThat(toldHere.words).containsExactly(far + " is beyond at 150.0");
    }

    @Test
    void shouldTellOfNothingThatATetherHolds() {
        Plugin tethered =
                registrar ->
                        registrar.tether((lookup, location) ->
                                lookup.column(PositionColumn.TYPE, location).x[Lookup.row(location)]
                                        > 200);
        try (Rig rig = new Rig(TickConfig.standard(), 3, tethered)) {
            Told told = new Told();
            rig.transfers = told;
            EntityId free = rig.world.create(new Position(150, 0, 0), still());
            rig.world.create(new Position(250, 0, 0), still());
            rig.tick(10);
            assertThat(told.words).containsExactly(free + " is beyond at 150.0");
        }
    }

    @Test
    void shouldTellOfAllOfACrowdThatNobodyTakes() {
        for (int i = 0; i < 150; i++) {
            here.world.create(new Position(1_000 + i, 0, 0), still());
        }
        here.tick(30);
        assertThat(toldHere.words).hasSize(150).doesNotHaveDuplicates();
        here.tick(10);
        assertThat(toldHere.words).as("another round").hasSizeGreaterThan(150);
    }

    @Test
    void shouldTellOfAllThatIsInARegionThatLeaves() {
        EntityId rock = here.world.create(new Position(1_500, 0, 0));
        here.world.create(new Position(500, 0, 0));
        here.world.create(new Position(1_500, 0, 0), new Parent(rock, 0, 0, 0));
        here.loop.transfers().regions(List.of(box(0)), List.of(box(1_000)));
        assertThat(here.loop.transfers().isEmptied()).as("nobody has looked").isFalse();
        here.tick(2);
        assertThat(toldHere.words).containsExactly(rock + " is beyond at 1500.0");
        assertThat(here.loop.transfers().toLeave()).isEqualTo(1);
        assertThat(here.loop.transfers().isEmptied()).isFalse();
        here.world.destroy(rock);
        here.tick(2);
        assertThat(here.loop.transfers().isEmptied()).isTrue();
    }

    @Test
    void shouldLetATetherHoldSomethingOnlyWhereARegionIsKept() {
        Plugin tethered = registrar -> registrar.tether((lookup, location) -> true);
        try (Rig rig = new Rig(TickConfig.standard(), 3, tethered)) {
            Told told = new Told();
            rig.transfers = told;
            EntityId moon = rig.world.create(new Position(1_500, 0, 0), still());
            rig.loop.transfers().regions(List.of(box(0)), List.of(box(1_000)));
            rig.tick(2);
            assertThat(told.words).isEmpty();
            assertThat(rig.loop.transfers().isEmptied()).isTrue();
            rig.loop.transfers().regions(List.of(), List.of(box(1_000)));
            rig.tick(2);
            assertThat(told.words).containsExactly(moon + " is beyond at 1500.0");
            assertThat(rig.loop.transfers().isEmptied()).isFalse();
        }
    }

    private static Region box(double minX) {
        return new Region(7, "sol", 1, minX, -1, -1, minX + 1_000, 1, 1);
    }

    private static Motion still() {
        return new Motion(0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldTellNothingBeforeItIsRecorded() {
        EntityId ship = ship(here, 7);
        here.tick(1);
        here.log.isRecording = false;
        release(1, ship);
        here.tick(1);
        assertThat(here.world.exists(ship)).isFalse();
        assertThat(toldHere.parcels).isEmpty();
        assertThat(toldHere.words).isEmpty();
        here.log.isRecording = true;
        here.tick(1);
        assertThat(toldHere.parcels).hasSize(1);
    }

    @Test
    void shouldPutWhatLeavesInOneTickIntoOneParcel() {
        EntityId first = ship(here, 1);
        EntityId second = ship(here, 2);
        here.tick(1);
        release(1, first);
        release(2, second);
        here.tick(1);
        assertThat(toldHere.parcels).hasSize(1);
        Parcel parcel = Objects.requireNonNull(Parcel.decode(toldHere.parcels.getFirst()));
        assertThat(parcel.tick()).isEqualTo(here.loop.tick());
        assertThat(parcel.items()).extracting(Parcel.Item::transfer).containsExactly(1L, 2L);
    }

    @Test
    void shouldTakeEachParcelOnceAndInOrder() {
        EntityId first = ship(here, 1);
        EntityId second = ship(here, 2);
        here.tick(1);
        release(1, first);
        here.tick(1);
        release(2, second);
        here.tick(1);
        bring(1);
        assertThat(there.world.exists(second)).as("the first is missing").isFalse();
        assertThat(toldThere.words).isEmpty();
        bring(0);
        bring(1);
        assertThat(there.world.exists(first)).isTrue();
        assertThat(there.world.exists(second)).isTrue();
        there.world.destroy(first);
        there.tick(1);
        bring(0);
        assertThat(there.world.exists(first)).as("it died there since").isFalse();
        assertThat(toldThere.words).last().isEqualTo("received 1:2 without []");
    }

    @Test
    void shouldReleaseSoManyInATickAsItHasTimeFor() {
        List<EntityId> fleet = new ArrayList<>();
        for (int i = 0; i < 608; i++) {
            fleet.add(ship(here, i));
            release(i + 1, fleet.get(i));
        }
        assertThat(releasedInTicks(3)).containsExactly(32, 64, 128);
        leavingNanos = here.loop.metrics().budgetNanos() / 100;
        assertThat(releasedInTicks(2)).as("the first took too long").containsExactly(256, 128);
        toldHere.parcels.forEach(each -> there.loop.transfers().bring(each));
        there.tick(1);
        assertThat(fleet).allMatch(there.world::exists);
    }

    @Test
    void shouldReleaseOnceHoweverOftenItIsOrdered() {
        EntityId ship = ship(here, 1);
        here.tick(1);
        release(1, ship);
        release(1, ship);
        here.tick(1);
        assertThat(toldHere.words).containsExactly("1 RELEASED");
        release(1, ship);
        here.tick(1);
        assertThat(toldHere.words).containsExactly("1 RELEASED", "1 RELEASED");
        assertThat(toldHere.parcels).hasSize(1);
        // It is back, under the same id, and a late order comes.
        bring(0);
        there.loop.transfers().release(2, 2, ship.value(), THERE, HERE, 0);
        there.tick(1);
        here.loop.transfers().bring(toldThere.parcels.getFirst());
        here.tick(1);
        assertThat(here.world.exists(ship)).isTrue();
        release(1, ship);
        here.tick(1);
        assertThat(here.world.exists(ship)).isTrue();
        here.loop.transfers().release(3, 3, 77, HERE, THERE, 0);
        release(1, ship);
        here.tick(1);
        assertThat(here.world.exists(ship)).as("forgotten, and below the floor").isTrue();
    }

    @Test
    void shouldSayWhatCannotLeave() {
        here.login(5, "ada");
        here.tick(1);
        EntityId ship = ship(here, 1);
        EntityId crew = here.world.create(new Parent(ship, 0, 0, 0));
        here.tick(1);
        release(1, new EntityId(99));
        release(2, crew);
        release(3, Objects.requireNonNull(here.loop.sessions().find(5)).entity());
        here.tick(1);
        assertThat(toldHere.words).containsExactly("1 ABSENT", "2 RIDING", "3 PLAYED");
    }

    @Test
    void shouldReturnWhatDoesNotFit() {
        EntityId ship = ship(here, 1);
        here.tick(1);
        // An entity of that id is there already: it can't be by rights, and must not be lost.
        UnsafeBuffer image = new UnsafeBuffer(new byte[1024]);
        int length = EntityImage.write(here.world, ship, image, 0);
        EntityImage.createKeepingIds(there.world, image, 0, length);
        release(1, ship);
        here.tick(1);
        bring(0);
        assertThat(toldThere.words).containsExactly("received 1:1 without [1]");
        here.loop.transfers().settle(THERE, 1, List.of(1L));
        here.tick(1);
        assertThat(toldHere.words).containsExactly("1 RELEASED");
        here.loop.transfers().bring(toldThere.parcels.getFirst());
        here.tick(1);
        assertThat(here.world.read(ship, Position.class)).isEqualTo(new Position(1, 2, 3));
        assertThat(toldHere.words)
                .containsExactly("1 RELEASED", "1 RETURNED", "received 2:1 without []");
    }

    @Test
    void shouldGoOnFromASnapshotWithAllThatIsOpen() {
        EntityId ship = ship(here, 1);
        kept = ship(here, 2);
        here.tick(1);
        release(1, ship);
        release(2, kept);
        here.tick(1);
        Told again = new Told();
        Transfers transfers = here.comeback(again);
        assertThat(again.parcels).hasSize(1);
        assertThat(again.parcels.getFirst()).isEqualTo(toldHere.parcels.getFirst());
        assertThat(transfers.vetoes.get(2L))
                .isEqualTo(new Veto(kept.value(), "TEST-1", "it is bolted down"));
    }

    @Test
    void shouldLeaveForgedInputsOut() {
        EntityId ship = ship(here, 1);
        here.tick(1);
        release(1, ship);
        here.tick(1);
        there.inputs.add(toldHere.parcels.getFirst());
        there.tick(1);
        assertThat(there.world.exists(ship)).isFalse();
        assertThat(there.loop.metrics().count(Counter.INPUTS_MALFORMED)).isEqualTo(1);
    }

    private static EntityId ship(Rig rig, double x) {
        return rig.world.create(new Position(x, x + 1, x + 2));
    }

    /** How many left in each of so many ticks. */
    private List<Integer> releasedInTicks(int ticks) {
        List<Integer> released = new ArrayList<>();
        for (int i = 0; i < ticks; i++) {
            int before = toldHere.words.size();
            here.tick(1);
            released.add(toldHere.words.size() - before);
        }
        return released;
    }

    private void release(long transfer, EntityId entity) {
        assertThat(here.loop.transfers().release(transfer, 1, entity.value(), HERE, THERE, 0))
                .isTrue();
    }

    private void bring(int parcel) {
        assertThat(there.loop.transfers().bring(toldHere.parcels.get(parcel))).isTrue();
        there.tick(1);
    }
}
