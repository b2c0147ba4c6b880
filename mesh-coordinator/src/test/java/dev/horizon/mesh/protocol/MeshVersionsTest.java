package dev.horizon.mesh.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.NodeState;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.OwnedRegion.Standing;
import dev.horizon.mesh.protocol.PeerMessage.ParcelSent;
import java.util.HexFormat;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Messages of version 1 of the schema, which knew of no regions that move, of version 2, which knew
 * of no services, of version 3, in which each node spoke from the folder in which it began, and of
 * version 4, which knew nothing of where new players begin.
 */
class MeshVersionsTest {
    private static final long HOME = 0x1234_5678_9abc_def0L;

    private static MeshMessage read(String hex) {
        UnsafeBuffer buffer = new UnsafeBuffer(HexFormat.of().parseHex(hex));
        return Objects.requireNonNull(new MeshDecoder().decode(buffer, 0, buffer.capacity()));
    }

    @Test
    void shouldReadRegionsThatNeverMoved() {
        String hex =
                "4c002a00040001000000000000000000010000000400000000000000f0debc9a785634120000000065cdcd"
                        + "c10000000065cdcdc10000000065cdcdc100000000000000000000000065cdcd410000000065cd"
                        + "cd410300736f6c";
        Region box = new Region(1, "sol", 4, -1e9, -1e9, -1e9, 0, 1e9, 1e9);
        assertThat(read(hex)).isEqualTo(new RegionState(0, new RegionEntry(box, HOME, 0, 0)));
    }

    @Test
    void shouldReadNodesWithoutARevision() {
        String hex =
                "57002900040001000000000000000000f0debc9a7856341203000000000000000109000000007bc3ca9a01"
                        + "00000c79c3ca9a0100001877c3ca9a010000a00f0000000000009f0f000000000000d80e000050"
                        + "c30000e8030c00000050c300000500736f6c2d310300736f6c0f003132372e302e302e313a3430"
                        + "3435361600687474703a2f2f3132372e302e302e313a383432302f0f003132372e302e302e313a"
                        + "3431393939";
        NodeEntry node = ((NodeState) read(hex)).node();
        assertThat(node.name()).isEqualTo("sol-1");
        assertThat(node.peer()).isEqualTo("127.0.0.1:41999");
        assertThat(node.revision()).isZero();
        assertThat(node.load())
                .isEqualTo(new NodeLoad(4000, 3999, 3800, 50_000, 1000, 12, 50_000, 0));
    }

    @Test
    void shouldTellAReportThatKnowsNoRevisionFromOneThatDoes() {
        String hex =
                "3200020004000100f0debc9a785634120300000000000000a00f0000000000009f0f000000000000d80e00"
                        + "0050c30000e8030c00000050c30000";
        NodeReport report = (NodeReport) read(hex);
        assertThat(report.revision()).isNegative();
        assertThat(report.load().toLeave()).isZero();
    }

    @Test
    void shouldLeaveTheBoxOfAWelcomeToTheClaim() {
        String hex =
                "1400140004000100f0debc9a785634120300000000000000090000000c0001000100000004000000000000"
                        + "00";
        NodeWelcome welcome = (NodeWelcome) read(hex);
        OwnedRegion region = welcome.regions().getFirst();
        assertThat(region.region().id()).isEqualTo(1);
        assertThat(region.region().epoch()).isEqualTo(4);
        assertThat(region.region().minX()).isNaN();
        assertThat(region.standing()).isEqualTo(Standing.OWNED);
    }

    @Test
    void shouldReadAReportAndANodeWithoutServices() {
        NodeReport report =
                (NodeReport)
                        read(
                                "3a00020004000200f0debc9a785634120300000000000000a00f0000000000009f0f0000"
                                        + "00000000d80e000050c30000e8030c00000050c300000500000011000000");
        assertThat(report.revision()).isEqualTo(5);
        assertThat(report.load().toLeave()).isEqualTo(17);
        assertThat(report.offer()).isEqualTo(ServiceOffer.NONE);
        assertThat(report.offers()).isNegative();
        String hex =
                "5f002900040002000000000000000000f0debc9a7856341203000000000000000109000000007bc3ca9a01"
                        + "00000c79c3ca9a0100001877c3ca9a010000a00f0000000000009f0f000000000000d80e000050"
                        + "c30000e8030c00000050c3000005000000110000000500736f6c2d310300736f6c0f003132372e"
                        + "302e302e313a34303435361600687474703a2f2f3132372e302e302e313a383432302f0f003132"
                        + "372e302e302e313a3431393939";
        NodeEntry node = ((NodeState) read(hex)).node();
        assertThat(node.peer()).isEqualTo("127.0.0.1:41999");
        assertThat(node.offer()).isEqualTo(ServiceOffer.NONE);
        assertThat(node.offered()).isZero();
    }

    @Test
    void shouldReadNodesThatNoStandbyTookOverFrom() {
        String hello =
                "1000010004000300f0debc9a78563412030000000000000034000100010000000000000065cdcdc1000000"
                        + "0065cdcdc10000000065cdcdc100000000000000000000000065cdcd410000000065cdcd410500"
                        + "736f6c2d310300736f6c0f003132372e302e302e313a34303435361600687474703a2f2f313237"
                        + "2e302e302e313a383432302f0f003132372e302e302e313a3431393939";
        NodeClaim claim = ((NodeHello) read(hello)).claim();
        assertThat(claim.folder()).isEqualTo(HOME);
        assertThat(claim.replaces()).isZero();
        assertThat(claim.peer()).isEqualTo("127.0.0.1:41999");
        String state =
                "6b002900040003000000000000000000f0debc9a7856341203000000000000000109000000007bc3ca9a01"
                        + "00000c79c3ca9a0100001877c3ca9a010000a00f0000000000009f0f000000000000d80e000050"
                        + "c30000e8030c00000050c3000005000000110000000900000021000000000000000500736f6c2d"
                        + "310300736f6c0f003132372e302e302e313a34303435361600687474703a2f2f3132372e302e30"
                        + "2e313a383432302f0f003132372e302e302e313a34313939390b0063686174206775696c6473";
        NodeEntry node = ((NodeState) read(state)).node();
        assertThat(node.folder()).isEqualTo(HOME);
        assertThat(node.isTakenOver()).isFalse();
        assertThat(node.offered()).isEqualTo(33);
    }

    @Test
    void shouldReadAReportThatKnowsNothingOfNewPlayers() {
        NodeReport report =
                (NodeReport)
                        read(
                                "4e00020004000400f0debc9a785634120300000000000000a00f0000000000009f0f000000000000"
                                        + "d80e000050c30000e8030c00000050c300000500000011000000090000002100000000000000db92"
                                        + "9f4f1a0700000b0063686174206775696c6473");
        assertThat(report.placement()).isEqualTo(Placement.UNWANTED);
        assertThat(report.neighbours()).isEqualTo(7809586402011L);
        assertThat(report.offer().types()).containsExactly("chat", "guilds");
    }

    @Test
    void shouldReadAParcelWithoutWhatItsSourceKeeps() {
        UnsafeBuffer buffer =
                new UnsafeBuffer(
                        HexFormat.of()
                                .parseHex(
                                        "00003c00040002000f003132372e302e302e313a3431393938020000000102"));
        ParcelSent sent =
                (ParcelSent)
                        Objects.requireNonNull(PeerMessage.decode(buffer, 0, buffer.capacity()));
        assertThat(sent.floor()).isZero();
        assertThat(sent.peer()).isEqualTo("127.0.0.1:41998");
        assertThat(sent.parcel()).containsExactly(1, 2);
    }
}
