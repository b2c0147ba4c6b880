package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.Trust;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.live.OperatorToken;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which running node a verb talks to. */
final class NodeOptions {
    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = "The node's address; without it node.bind and node.port are used.")
    @Nullable String url;

    @Mixin ConfigOptions config = new ConfigOptions();

    NodeClient client(Surroundings around) {
        String given = url;
        if (given != null && !given.startsWith("https:")) {
            return new NodeClient(parse(given), Trust.standard());
        }
        HorizonConfig settings = config.load(around.environment()).config();
        String address = settings.address(settings.node().port()).replace("0.0.0.0", "127.0.0.1");
        return new NodeClient(
                given == null ? URI.create(address) : parse(given), settings.gateway().trust());
    }

    /** What permits an operator's commands: it lies in the node's data folder. */
    OperatorToken token(Surroundings around) {
        return OperatorToken.in(config.load(around.environment()).config().node().dataDir());
    }

    private static URI parse(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static HorizonException wrong(String text, @Nullable Throwable cause) {
        return new HorizonException(
                "HZ-CLI-001",
                "--url " + text + " is no address; write it as http://127.0.0.1:8420",
                cause == null ? new IllegalArgumentException(text) : cause);
    }
}
