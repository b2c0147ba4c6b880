package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickEndTest {
    record Say(int number) {}

    private final List<Integer> said = new ArrayList<>();

    private final Plugin talk =
            r -> {
                r.events().toClient("test", "said", Say.class);
                r.events()
                        .on(
                                PlayerConnected.class,
                                (e, c) -> c.players().send(e.player(), new Say(0)));
                r.events().onClient("test", "say", Say.class, (e, p, c) -> said.add(e.number()));
            };

    private final TestEncoder encoder = new TestEncoder();

    private Rig rig() {
        return new Rig(TickConfig.standard(), 1, encoder, talk);
    }

    @Test
    void shouldEndEachTickWithWhatItReadAndReleased() {
        try (Rig rig = rig()) {
            encoder.framesPerTick = 5;
            encoder.withheld = 2;
            rig.login(5, "Ada");
            rig.login(6, "Eve");
            rig.tick(1);
            rig.event(5, 1, "test", "say", new Say(1));
            rig.event(6, 1, "test", "say", new Say(2));
            rig.event(5, 2, "test", "say", new Say(3));
            rig.tick(2);

            assertThat(rig.ends())
                    .containsExactly("end 1 frames 3", "end 2 frames 3 5:2 6:1", "end 3 frames 3");
            assertThat(rig.received.getLast()).isEqualTo("end 3 frames 3");
            assertThat(said).containsExactly(1, 2, 3);
            // Of frames 2 to 4 one is CLOSE, two are LOW.
            assertThat(rig.tierFrames).containsExactly(1L, 0L, 2L, 0L);
        }
    }

    @Test
    void shouldCountEachTicksOwnFramesWhenSeveralAreReleasedAtOnce() {
        try (Rig rig = rig()) {
            rig.log.isRecording = false;
            encoder.framesPerTick = 4;
            rig.tick(1);
            encoder.framesPerTick = 0;
            rig.tick(1);
            encoder.framesPerTick = 7;
            rig.tick(1);
            assertThat(rig.ends()).isEmpty();

            rig.log.isRecording = true;
            rig.loop.release();
            assertThat(rig.ends())
                    .containsExactly("end 1 frames 4", "end 2 frames 0", "end 3 frames 7");
        }
    }

    @Test
    void shouldSpreadManyAcknowledgementsOverSeveralMessages() {
        try (Rig rig = rig()) {
            int players = 2 * SessionMessages.ACKS_MAX + 1;
            for (int i = 1; i <= players; i++) {
                rig.login(i, "P" + i);
            }
            rig.tick(1);
            rig.received.clear();
            for (int i = 1; i <= players; i++) {
                rig.event(i, i, "test", "say", new Say(i));
            }
            encoder.framesPerTick = 1;
            rig.tick(1);

            assertThat(rig.ends()).hasSize(3);
            assertThat(rig.ends().get(0)).startsWith("end 2 frames 0 more 1:1 2:2 ");
            assertThat(rig.ends().get(1)).startsWith("end 2 frames 0 more 101:101 ");
            assertThat(rig.ends().get(2)).isEqualTo("end 2 frames 1 201:201");
        }
    }

    @Test
    void shouldAcknowledgeNoInputThatItDidNotTake() {
        try (Rig rig = rig()) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.event(5, 4, "test", "say", new Say(1));
            rig.tick(1);
            rig.event(5, 4, "test", "say", new Say(1));
            rig.event(9, 1, "test", "say", new Say(1));
            rig.tick(1);

            assertThat(rig.ends())
                    .containsExactly("end 1 frames 0", "end 2 frames 0 5:4", "end 3 frames 0");
            assertThat(said).hasSize(1);
        }
    }
}
