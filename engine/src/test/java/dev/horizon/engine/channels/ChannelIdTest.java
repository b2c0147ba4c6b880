package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
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
