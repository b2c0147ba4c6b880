package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.Services;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two worlds that offer a service, and a test that carries what one says to the other. */
class ServicesTest {
    private static final long HERE = 100;
    private static final long THERE = 200;

    /** What the service takes. */
    public record Line(String text) {}

    /** What it doesn't. */
    public record Unknown(int number) {}

    private final Told toldHere = new Told();
    private final Told toldThere = new Told();
    private final List<String> heard = new ArrayList<>();
    private Consumer<Services> says = services -> {};
    private final Rig here = new Rig(TickConfig.standard(), 1, offering("here"));
    private final Rig there = new Rig(TickConfig.standard(), 2, offering("there"));

    /** A plugin that says something when a player connects, and notes what it hears. */
    private Plugin offering(String where) {
        return registrar -> {
            listen(registrar, where);
            registrar.offer("chat", Line.class);
        };
    }

    private void listen(Registrar registrar, String where) {
        registrar
                .events()
                .on(PlayerConnected.class, (event, context) -> says.accept(context.services()));
        registrar
                .events()
                .onPlugin(Line.class, (event, context) -> heard.add(where + " " + event.text()));
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

    /** Both know of both. */
    private void join() {
        for (Rig rig : List.of(here, there)) {
            long self = rig == here ? HERE : THERE;
            rig.loop.transfers().offered(self, HERE, 1, here.loop.transfers().services());
            rig.loop.transfers().offered(self, THERE, 2, there.loop.transfers().services());
            rig.tick(1);
        }
    }

    private long players;

    private void say(Rig rig, Consumer<Services> what) {
        says = what;
        rig.login(++players, "ada " + players);
        rig.tick(1);
    }

    private void bring(int parcel) {
        assertThat(there.loop.transfers().bring(toldHere.parcels.get(parcel))).isTrue();
        there.tick(1);
    }

    @Test
    void shouldKeepToItselfWhatALoneNodeSends() {
        List<Integer> came = new ArrayList<>();
        say(
                here,
                services -> {
                    came.add(services.toAll("chat", new Line("all")));
                    came.add(services.toKey("chat", 77, new Line("key")));
                    services.toNode("chat", services.node(), new Line("me"));
                });
        assertThat(heard).containsExactly("here all", "here key", "here me");
        assertThat(came).containsExactly(1, 1);
        assertThat(toldHere.parcels).isEmpty();
    }

    @Test
    void shouldBringToAllAndToOneEachOnceAndInOrder() {
        join();
        say(here, services -> assertThat(services.toAll("chat", new Line("one"))).isEqualTo(2));
        say(here, services -> services.toNode("chat", 2, new Line("two")));
        assertThat(heard).containsExactly("here one");
        bring(1);
        assertThat(heard).as("the first is missing").containsExactly("here one");
        bring(0);
        bring(1);
        bring(1);
        bring(0);
        assertThat(heard).containsExactly("here one", "there one", "there two");
        assertThat(toldThere.words).last().isEqualTo("received 1:2 without []");
    }

    @Test
    void shouldSayNothingBeforeItIsRecordedAndKeepItUntilItIsTaken() {
        join();
        here.log.isRecording = false;
        say(here, services -> services.toAll("chat", new Line("one")));
        assertThat(toldHere.parcels).isEmpty();
        here.log.isRecording = true;
        here.tick(1);
        assertThat(toldHere.parcels).hasSize(1);
        assertThat(comeback().parcels).containsExactlyElementsOf(toldHere.parcels);
        here.loop.transfers().settle(THERE, 1, List.of());
        here.tick(1);
        assertThat(comeback().parcels).isEmpty();
    }

    /** What a life that goes on from the state of now tells again; it writes the same state. */
    private Told comeback() {
        Told again = new Told();
        here.comeback(again);
        return again;
    }

    @Test
    void shouldRefuseWhatIsTooMuchForANodeThatTakesNothing() {
        join();
        List<String> refusals = new ArrayList<>();
        String text = "x".repeat(1_000);
        int fitting = ServiceEvents.WAITING_BYTES_MAX / 1_200;
        say(
                here,
                services -> {
                    for (int i = 0; i < 2 * fitting; i++) {
                        try {
                            services.toNode("chat", 2, new Line(text));
                        } catch (HorizonException e) {
                            refusals.add(e.code());
                        }
                    }
                });
        assertThat(refusals).hasSizeBetween(1, fitting).containsOnly("HZ-SVC-002");
        say(
                here,
                services -> {
                    try {
                        services.toAll("chat", new Line(text));
                    } catch (HorizonException e) {
                        refusals.add("all: " + e.code());
                    }
                });
        assertThat(refusals).last().isEqualTo("all: HZ-SVC-002");
        assertThat(heard).as("it is for all or none").isEmpty();
        assertThat(toldHere.parcels)
                .hasSizeGreaterThan(1)
                .allSatisfy(parcel -> assertThat(parcel.length).isLessThan(Parcel.BYTES_MAX));
        here.loop.transfers().settle(THERE, toldHere.parcels.size(), List.of());
        here.tick(1);
        say(here, services -> services.toAll("chat", new Line("again")));
        assertThat(heard).containsExactly("here again");
    }

    @Test
    void shouldSayThatNobodyOffersAService() {
        List<String> refusals = new ArrayList<>();
        say(
                here,
                services -> {
                    assertThat(services.isOffered("market")).isFalse();
                    for (Consumer<Services> each :
                            List.<Consumer<Services>>of(
                                    to -> to.toAll("market", new Line("")),
                                    to -> to.toKey("market", 1, new Line("")),
                                    to -> to.toNode("chat", 2, new Line("")))) {
                        try {
                            each.accept(services);
                        } catch (HorizonException e) {
                            refusals.add(e.code());
                        }
                    }
                });
        assertThat(refusals).containsExactly("HZ-SVC-001", "HZ-SVC-001", "HZ-SVC-001");
    }

    @Test
    void shouldReportAndDropWhatNoPluginTakes() {
        join();
        say(here, services -> services.toNode("chat", 2, new Unknown(7)));
        bring(0);
        assertThat(toldThere.words).containsExactly("received 1:1 without []");
        assertThat(there.plugins.events().quarantine().reports())
                .singleElement()
                .asString()
                .contains("HZ-SVC-003");
    }

    @Test
    void shouldNoLongerSendToANodeThatOffersNothing() {
        join();
        here.loop.transfers().offered(HERE, THERE, 2, List.of());
        here.tick(1);
        say(here, services -> assertThat(services.toAll("chat", new Line("one"))).isEqualTo(1));
        assertThat(toldHere.parcels).isEmpty();
    }

    @Test
    void shouldBringWhatWaitsToANewWorldOfTheNode() {
        join();
        say(here, services -> services.toAll("chat", new Line("one")));
        here.loop.transfers().settle(THERE, 1, List.of());
        say(here, services -> services.toAll("chat", new Line("two")));
        heard.clear();
        // The world that had the first is no more.
        bring(1);
        assertThat(heard).as("it waits for the first").isEmpty();
        there.loop.transfers().kept(1, 2);
        bring(1);
        assertThat(heard).containsExactly("there two");
        there.loop.transfers().kept(1, 1);
        bring(1);
        assertThat(heard).as("a late word takes nothing back").containsExactly("there two");
    }

    @Test
    void shouldServeEachKeyByOneAndMoveFewWhenANodeComesOrGoes() {
        int[] three = {5, 9, 12};
        int[] two = {5, 12};
        int[] count = new int[13];
        for (long key = 0; key < 30_000; key++) {
            int server = Offers.serving("guilds", key, three);
            count[server]++;
            if (server != 9) {
                assertThat(Offers.serving("guilds", key, two)).isEqualTo(server);
            }
        }
        for (int world : three) {
            assertThat(count[world]).as("keys of %d", world).isBetween(9_500, 10_500);
        }
        assertThat(Services.key("")).isEqualTo(0xCBF29CE484222325L);
        assertThat(Services.key("a")).as("as published").isEqualTo(0xAF63DC4C8601EC8CL);
    }

    @Test
    void shouldReadParcelsOfBeforeThereWereEvents() {
        byte[] before =
                HexFormat.of()
                        .parseHex(
                                "28000c00030006000900000000000000f0debc9a78563412efcdab89674523010500000000"
                                        + "000000a00f000000000000110001000c00000000000000030000000009000000"
                                        + "020000000100");
        Parcel read = Objects.requireNonNull(Parcel.decode(before));
        assertThat(read.items()).hasSize(1);
        assertThat(read.events()).isEmpty();
    }

    @Test
    void shouldReadDamagedParcelsWithoutThrowing() {
        byte[] payload = {1, 2, 3};
        Parcel.Event event = new Parcel.Event("chat", "com.example.Line", 7, payload);
        byte[] whole = new Parcel(1, 2, 3, 4, 5, List.of(), List.of(event, event)).encode();
        Parcel again = Objects.requireNonNull(Parcel.decode(whole));
        assertThat(again.events()).extracting(Parcel.Event::payload).contains(payload);
        for (int cut = 0; cut < whole.length; cut++) {
            assertThat(Parcel.decode(Arrays.copyOf(whole, cut))).as("cut at %d", cut).isNull();
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Parcel.decode(damaged);
        }
    }
}
