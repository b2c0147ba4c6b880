package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.Veil;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChannelIdTest {
    @Test
    void shouldUnpackWhatItPacks() {
        Random random = new Random(1);
        int span = 2 * ChannelId.CELL_MAX + 1;
        for (int i = 0; i < 10_000; i++) {
            SizeClass sizeClass = SizeClass.values()[random.nextInt(4)];
            Tier tier = Tier.values()[random.nextInt(4)];
            int x = random.nextInt(span) - ChannelId.CELL_MAX;
            int y = random.nextInt(span) - ChannelId.CELL_MAX;
            int z = random.nextInt(span) - ChannelId.CELL_MAX;
            long id = ChannelId.of(sizeClass, tier, x, y, z);
            assertThat(ChannelId.sizeClass(id)).isEqualTo(sizeClass);
            assertThat(ChannelId.tier(id)).isEqualTo(tier);
            assertThat(ChannelId.cellX(id)).isEqualTo(x);
            assertThat(ChannelId.cellY(id)).isEqualTo(y);
            assertThat(ChannelId.cellZ(id)).isEqualTo(z);
            assertThat(ChannelId.isChannel(id)).isTrue();
            assertThat(ChannelId.isWhole(id)).isFalse();
            assertThat(ChannelId.wholeOf(id)).isEqualTo(ChannelId.whole(sizeClass, tier));
            assertThat(ChannelId.stream(id, 16)).isBetween(0, 15);
        }
    }

    @Test
    void shouldTellWholeTiersFromCells() {
        long whole = ChannelId.whole(SizeClass.BODY, Tier.SENSOR);
        assertThat(ChannelId.isWhole(whole)).isTrue();
        assertThat(ChannelId.isChannel(whole)).isFalse();
        assertThat(ChannelId.text(whole)).isEqualTo("BODY/SENSOR/*");
        assertThat(ChannelId.text(ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 3, -2, 0)))
                .isEqualTo("CRAFT/CLOSE/3,-2,0");
        assertThatThrownBy(() -> ChannelId.of(SizeClass.CRAFT, Tier.LOW, 1 << 19, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNameAnAudienceAndItsCell() {
        Random random = new Random(8);
        for (int i = 0; i < 10_000; i++) {
            SizeClass sizeClass = SizeClass.values()[random.nextInt(4)];
            Tier tier = Tier.values()[random.nextInt(4)];
            int audience = 1 + random.nextInt(Veil.AUDIENCE_MAX);
            int x = random.nextInt(8_191) - 4_095;
            int y = random.nextInt(8_191) - 4_095;
            int z = random.nextInt(8_191) - 4_095;
            long id = ChannelId.ofAudience(sizeClass, tier, audience, x, y, z);
            assertThat(ChannelId.sizeClass(id)).isEqualTo(sizeClass);
            assertThat(ChannelId.tier(id)).isEqualTo(tier);
            assertThat(ChannelId.audience(id)).isEqualTo(audience);
            assertThat(ChannelId.cellX(id)).isEqualTo(x);
            assertThat(ChannelId.cellY(id)).isEqualTo(y);
            assertThat(ChannelId.cellZ(id)).isEqualTo(z);
            assertThat(ChannelId.isChannel(id)).isTrue();
            assertThat(ChannelId.isPlaceless(id) || ChannelId.isWhole(id)).isFalse();
            assertThat(ChannelId.wholeOf(id)).as("no whole tier has it").isEqualTo(id);
            assertThat(ChannelId.base(id)).isEqualTo(id);
            assertThat(ChannelId.canSplit(id)).isFalse();
            assertThat(ChannelId.edge(id, 1_000)).isEqualTo(64_000);
        }
        // What the browser SDK's test reads as well.
        assertThat(ChannelId.ofAudience(SizeClass.CAPITAL, Tier.LOW, 60_000, -1, 4_095, -4_095))
                .isEqualTo(0x69dfffd2fffc1001L);
        assertThat(ChannelId.text(ChannelId.ofAudience(SizeClass.CRAFT, Tier.CLOSE, 7, 0, -1, 0)))
                .isEqualTo("CRAFT/CLOSE/0,-1,0@7");
        long plans = ChannelId.placeless(Tier.SENSOR, 65_535);
        assertThat(ChannelId.isChannel(plans) && ChannelId.isPlaceless(plans)).isTrue();
        assertThat(ChannelId.text(plans)).isEqualTo("CRAFT/SENSOR/@65535");
        long nobodys = ChannelId.packAudience(0, 0, 0, 0, 0, 0);
        assertThat(ChannelId.isChannel(nobodys)).isFalse();
        long beyond = ChannelId.packAudience(0, 0, 1, 5, -4_096, 0);
        assertThat(ChannelId.isChannel(beyond)).isFalse();
        assertThatThrownBy(() -> ChannelId.ofAudience(SizeClass.CRAFT, Tier.LOW, 1 << 16, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSpreadChannelsOverStreams() {
        int[] counts = new int[16];
        for (int x = -20; x < 20; x++) {
            for (int y = -20; y < 20; y++) {
                counts[ChannelId.stream(ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, x, y, 0), 16)]++;
            }
        }
        for (int count : counts) {
            assertThat(count).isBetween(40, 200);
        }
    }
}
