package dev.horizon.mesh.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.EntityBeyond;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord.Word;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferAgentTest {
    private static final long ENTITY = 42;

    private final List<MeshMessage> said = new ArrayList<>();
    private final TransferAgent agent = new TransferAgent(1, 1, PeerLink.NOBODY, said::add);

    @Test
    void shouldSayTheReasonOfAPlugin() {
        agent.refused(7, ENTITY, "TEST-1", "it is bolted down");
        agent.doWork(0);
        assertThat(said)
                .containsExactly(
                        new TransferWord(1, 1, 7, Word.REFUSED, "TEST-1", "it is bolted down"));
    }

    @Test
    void shouldSayAgainThatAnEntityIsBeyondTheBorder() {
        lookFor(0);
        lookFor(TransferAgent.BEYOND_AGAIN_MILLIS);
        assertThat(said).hasSize(1);
        lookFor(2 * TransferAgent.BEYOND_AGAIN_MILLIS);
        assertThat(said).hasSize(2);
    }

    @Test
    void shouldLeaveWhatAPluginKeepsAloneForAWhile() {
        lookFor(0);
        agent.refused(7, ENTITY, "TEST-1", "it is bolted down");
        agent.doWork(1);
        said.clear();
        lookFor(TransferAgent.REFUSED_AGAIN_MILLIS);
        assertThat(said).isEmpty();
        lookFor(2 * TransferAgent.REFUSED_AGAIN_MILLIS);
        assertThat(said).containsExactly(new EntityBeyond(1, 1, ENTITY, 5, 0, 0));
    }

    /** As the loop does it while the entity is there. */
    private void lookFor(long nowMillis) {
        agent.doWork(nowMillis);
        agent.beyond(ENTITY, 5, 0, 0);
        agent.doWork(nowMillis);
    }
}
