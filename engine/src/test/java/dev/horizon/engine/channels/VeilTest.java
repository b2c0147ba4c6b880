package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.Veil;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is veiled is published in channels of its audience's own, and nowhere else. */
class VeilTest {
    private static final int TEAM = 7;
    private static final int RIVALS = 60_000;

    private final Fleet fleet = new Fleet(11, 3_000);
    private final Harness harness = new Harness(fleet, ChannelConfig.standard());
    private final EntityId ship = fleet.ship(SizeClass.CRAFT, 2);

    @BeforeEach
    void addOthers() {
        for (int i = 0; i < 20; i++) {
            fleet.ship(SizeClass.CRAFT, 1);
        }
    }

    @AfterEach
    void close() {
        harness.close();
    }

    /** Everything of a tier that one audience may see, within two of its cells of the origin. */
    private Harness.Receiver receiver(Tier tier, int audience) {
        Harness.Receiver receiver = harness.receiver(ChannelId.placeless(tier, audience));
        for (int x = -1; x <= 0; x++) {
            for (int y = -1; y <= 0; y++) {
                for (int z = -1; z <= 0; z++) {
                    receiver.watch(ChannelId.ofAudience(SizeClass.CRAFT, tier, audience, x, y, z));
                }
            }
        }
        return receiver;
    }

    private static boolean holds(Harness.Receiver receiver, EntityId entity) {
        return receiver.view.find(entity) != null;
    }

    private void run(int ticks) {
        for (int i = 0; i < ticks; i++) {
            harness.tick();
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldLeaveAllOthersAtOnceAndReachItsAudience(Tier tier) {
        Harness.Receiver all = harness.receiver(tier);
        Harness.Receiver team = receiver(tier, TEAM);
        Harness.Receiver rivals = receiver(tier, RIVALS);
        run(120);
        assertThat(holds(all, ship)).isTrue();
        assertThat(holds(team, ship)).isFalse();

        fleet.world.write(ship, new Veil(TEAM));
        run(1);
        assertThat(holds(all, ship)).as("at the very tick").isFalse();
        assertThat(holds(team, ship)).as("without a gap").isTrue();
        run(150);
        assertThat(holds(all, ship)).isFalse();
        assertThat(holds(rivals, ship)).isFalse();
        double[] shown = new double[3];
        Position truth = fleet.world.read(ship, Position.class);
        assertThat(team.view.find(ship).place(fleet.tick, Fleet.DT, shown)).isTrue();
        double bound = harness.config.tier(tier).errorMetres();
        double period = tier == Tier.SENSOR ? 5 : tier == Tier.LOW ? 1 : 0.2;
        double allowed = bound + Fleet.THRUST_MAX * period * period * 2;
        assertThat(Math.hypot(shown[0] - truth.x(), shown[1] - truth.y())).isLessThan(allowed);

        fleet.world.write(ship, new Veil(RIVALS));
        run(1);
        assertThat(holds(team, ship)).as("another audience's now").isFalse();
        assertThat(holds(rivals, ship)).isTrue();
        fleet.world.write(ship, new Veil(0));
        run(220);
        assertThat(holds(all, ship)).as("everybody's again").isTrue();
        assertThat(holds(rivals, ship)).isFalse();
    }

    @Test
    void shouldPutNoByteOfItIntoWhatIsForAll() {
        EntityId turret = fleet.turrets.get(0);
        EntityId other = fleet.turrets.get(1);
        ByteArrayOutputStream forAll = new ByteArrayOutputStream();
        ByteArrayOutputStream forTeam = new ByteArrayOutputStream();
        Set<Long> idsForAll = new HashSet<>();
        Set<Long> idsForTeam = new HashSet<>();
        for (Tier tier : Tier.values()) {
            harness.receiver(tier);
            receiver(tier, TEAM);
        }
        fleet.world.write(ship, new Fleet.Callsign("Nightingale", SizeClass.CRAFT, EntityId.NONE));
        fleet.world.write(ship, new Veil(TEAM));
        harness.onMessage =
                (buffer, offset, length) -> {
                    if (buffer.getShort(offset + 2) == FrameDecoder.TEMPLATE_ID) {
                        long channel = buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
                        boolean isForAll = ChannelId.audience(channel) == 0;
                        copy(buffer, offset, length, isForAll ? forAll : forTeam);
                        entered(buffer, offset, isForAll ? idsForAll : idsForTeam);
                    }
                };
        run(200);
        assertThat(idsForTeam).containsOnly(ship.value(), turret.value(), other.value());
        assertThat(idsForAll)
                .isNotEmpty()
                .doesNotContain(ship.value(), turret.value(), other.value());
        assertThat(text(forAll).contains("S3")).isTrue();
        assertThat(text(forAll).contains("Nightingale")).as("the ship's name").isFalse();
        assertThat(text(forTeam).contains("Nightingale")).isTrue();
    }

    private static void copy(
            DirectBuffer buffer, int offset, int length, ByteArrayOutputStream out) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        out.writeBytes(bytes);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static void entered(DirectBuffer buffer, int offset, Set<Long> ids) {
        FrameDecoder frame = new FrameDecoder();
        frame.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        frame.left().forEach(row -> {});
        frame.entered()
                .forEach(row -> {
                    ids.add(row.entityId());
                    if (row.parentId() != 0) {
                        ids.add(row.parentId());
                    }
                });
    }

    /** A part of what all see is for some: it rides veiled, and comes without a place. */
    @Test
    void shouldVeilARiderAlone() {
        EntityId turret = fleet.turrets.getFirst();
        Harness.Receiver all = harness.receiver(Tier.CLOSE);
        Harness.Receiver team = receiver(Tier.CLOSE, TEAM);
        run(3);
        assertThat(holds(all, turret)).isTrue();
        fleet.world.write(turret, new Veil(TEAM));
        run(1);
        assertThat(holds(all, turret)).isFalse();
        assertThat(holds(all, ship)).isTrue();
        assertThat(holds(team, turret)).isTrue();
        assertThat(holds(team, ship)).isFalse();
        assertThat(team.view.find(turret).parent()).isEqualTo(ship);

        fleet.world.write(turret, new Fleet.Turret((short) 321, false));
        run(1);
        assertThat(team.view.find(turret).component(TurretColumn.TYPE.wireId()))
                .containsExactly(0x41, 0x01, 0);
        fleet.world.write(turret, new Veil(0));
        run(2);
        assertThat(holds(all, turret)).isTrue();
        assertThat(holds(team, turret)).isFalse();
        fleet.world.write(turret, new Veil(TEAM));
        run(1);
        fleet.world.destroy(turret);
        run(1);
        assertThat(holds(team, turret)).isFalse();
    }

    @Test
    void shouldLetWhatRidesInAVeiledRiderFollowIt() {
        EntityId turret = fleet.turrets.getFirst();
        EntityId gunner =
                fleet.world.create(new Parent(turret, 0, 0, 0), new Fleet.Turret((short) 5, true));
        Harness.Receiver all = harness.receiver(Tier.CLOSE);
        Harness.Receiver team = receiver(Tier.CLOSE, TEAM);
        run(3);
        assertThat(holds(all, gunner)).isTrue();
        fleet.world.write(turret, new Veil(TEAM));
        run(2);
        assertThat(holds(team, gunner)).isTrue();
        assertThat(holds(all, gunner)).isFalse();
    }

    @Test
    void shouldTellAnAudienceOfWhatHasNeitherPlaceNorCarrier() {
        EntityId roster =
                fleet.world.create(
                        new Veil(TEAM),
                        new Fleet.Callsign("roster", SizeClass.CRAFT, EntityId.NONE));
        EntityId nobodys =
                fleet.world.create(
                        new Veil(1 << 16),
                        new Fleet.Callsign("nobody", SizeClass.CRAFT, EntityId.NONE));
        Harness.Receiver team = receiver(Tier.LOW, TEAM);
        Harness.Receiver all = harness.receiver(Tier.LOW);
        run(30);
        assertThat(holds(team, roster)).isTrue();
        assertThat(holds(all, roster)).isFalse();
        assertThat(holds(team, nobodys) || holds(all, nobodys)).isFalse();
        assertThat(harness.encoder.outOfRange()).isPositive();
    }

    @Test
    void shouldFollowAVeiledShipFromCellToCell() {
        fleet.world.write(ship, new Veil(TEAM));
        Harness.Receiver team = receiver(Tier.CLOSE, TEAM);
        run(3);
        for (double x : new double[] {-60_000, 60_000, -10, 10, -6_500, 300}) {
            fleet.world.write(ship, new Position(x, -x, x));
            run(3);
            double[] shown = new double[3];
            assertThat(team.view.find(ship).place(fleet.tick, Fleet.DT, shown)).isTrue();
            Position truth = fleet.world.read(ship, Position.class);
            assertThat(Math.abs(shown[0] - truth.x())).isLessThan(1);
            assertThat(team.log).doesNotContain("x" + ship);
        }
    }
}
