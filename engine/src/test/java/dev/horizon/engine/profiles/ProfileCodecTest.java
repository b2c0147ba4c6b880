package dev.horizon.engine.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ProfileCodecTest {
    private static final Profile ADA =
            new Profile(
                    Profile.playerId("Ada"),
                    "Ada",
                    1815,
                    "sol",
                    1.5,
                    -2.25,
                    1e12,
                    new byte[] {1, 2, 3});

    /** Version 1 as it was first written: every later build must read it. */
    private static final String ADA_VERSION_1 =
            "01002800"
                    + "e9216e2fab63a599"
                    + "1707000000000000"
                    + "000000000000f83f"
                    + "00000000000002c0"
                    + "000000a2941a6d42"
                    + "0300416461"
                    + "0300736f6c"
                    + "03000000010203";

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void shouldReadWhatItWrote() {
        int length = ProfileCodec.encode(ADA, buffer);
        assertThat(ProfileCodec.decode(buffer, 0, length)).isEqualTo(ADA);
    }

    @Test
    void shouldWriteTheBytesOfVersion1() {
        int length = ProfileCodec.encode(ADA, buffer);
        assertThat(HexFormat.of().formatHex(buffer.byteArray(), 0, length))
                .isEqualTo(ADA_VERSION_1);
    }

    @Test
    void shouldReadABlockThatHasMoreFieldsThanItKnows() {
        byte[] old = HexFormat.of().parseHex(ADA_VERSION_1);
        byte[] longer = new byte[old.length + 8];
        System.arraycopy(old, 0, longer, 0, 44);
        System.arraycopy(old, 44, longer, 52, old.length - 44);
        longer[2] = 48;
        assertThat(ProfileCodec.decode(new UnsafeBuffer(longer), 0, longer.length)).isEqualTo(ADA);
    }

    @Test
    void shouldRefuseAVersionItDoesNotKnow() {
        int length = ProfileCodec.encode(ADA, buffer);
        buffer.putShort(0, (short) 2, ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> ProfileCodec.decode(buffer, 0, length))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("version 2")
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo("HZ-PRF-003");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        int length = ProfileCodec.encode(ADA, buffer);
        for (int cut = 0; cut < length; cut++) {
            int shorter = cut;
            assertThatThrownBy(() -> ProfileCodec.decode(buffer, 0, shorter))
                    .as("cut to %d bytes", cut)
                    .isInstanceOf(HorizonException.class);
        }
    }

    @Test
    void shouldReadOrRefuseAnyBytes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int length = ProfileCodec.encode(ADA, buffer);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[length];
            buffer.getBytes(0, bytes);
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(length)] = (byte) random.nextInt();
            }
            try {
                ProfileCodec.decode(new UnsafeBuffer(bytes), 0, length);
            } catch (HorizonException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
        assertThat(refused).as("seed %d", seed).isPositive();
    }

    @Test
    void shouldRefuseAProfileThatIsTooLong() {
        Profile rich =
                new Profile(1, "Ada", 0, "sol", 0, 0, 0, new byte[ProfileCodec.PROFILE_LENGTH_MAX]);
        assertThatThrownBy(() -> ProfileCodec.encode(rich, buffer))
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo("HZ-PRF-001");
    }
}
