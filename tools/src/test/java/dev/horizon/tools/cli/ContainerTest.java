package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Holds the recipe for containers against the command and the configuration that it names. */
class ContainerTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("architecture.root"))
                    .normalize()
                    .resolve("packaging/container");

    /** A service of the compose file: its name, then its lines. */
    private static final Pattern SERVICE =
            Pattern.compile("(?m)^  ([a-z0-9-]+):\\R((?:    .*\\R)+)");

    private static final Pattern COMMAND = Pattern.compile("    command: (\\[.*])");
    private static final Pattern ADDRESS = Pattern.compile("ipv4_address: ([\\d.]+)");
    private static final Pattern PORTS = Pattern.compile("    ports: \\[\"(?:.*:)?(\\d+)\"]");

    /**
     * What the compose file says of a process.
     *
     * @param port within the container that is published; 0 for none
     */
    private record Service(List<String> command, String address, int port, HorizonConfig config) {}

    private static Map<String, Service> services() throws IOException {
        Map<String, Service> services = new LinkedHashMap<>();
        Matcher found = SERVICE.matcher(Files.readString(FOLDER.resolve("compose.yaml")));
        while (found.find()) {
            Matcher command = COMMAND.matcher(found.group(2));
            if (command.find()) {
                List<String> words = new ArrayList<>();
                JsonMapper.shared()
                        .readTree(command.group(1))
                        .forEach(word -> words.add(word.asString()));
                Matcher ports = PORTS.matcher(found.group(2));
                Matcher address = ADDRESS.matcher(found.group(2));
                assertThat(address.find()).as("an address of %s", found.group(1)).isTrue();
                Path file = FOLDER.resolve(words.getLast().replace("/etc/horizon", "etc"));
                services.put(
                        found.group(1),
                        new Service(
                                words,
                                address.group(1),
                                ports.find() ? Integer.parseInt(ports.group(1)) : 0,
                                ConfigLoader.load(List.of(), Map.of(), file).config()));
            }
        }
        return services;
    }

    @Test
    void shouldNameVerbsAndOptionsThatExist() throws IOException {
        Map<String, Service> services = services();
        assertThat(services.values())
                .extracting(each -> each.command().getFirst())
                .containsExactly(
                        "coordinator", "coordinator", "coordinator", "node", "node", "gateway");
        CommandLine horizon = Horizon.allVerbs(new Console().around());
        services.values().forEach(each -> horizon.parseArgs(each.command().toArray(String[]::new)));
    }

    @Test
    void shouldGiveEachMemberThePlaceThatAllKnow() throws IOException {
        Map<String, Service> services = services();
        services.forEach((name, service) -> {
            if (!service.command().getFirst().equals("gateway")) {
                List<String> members = service.config().mesh().coordinators();
                assertThat(ClusterMembers.parse(members).members()).as(name).hasSize(3);
                assertThat(service.config().mesh().host()).as(name).isEqualTo(service.address());
                for (int i = 0; i < members.size(); i++) {
                    Service member = services.get("coordinator-" + i);
                    assertThat(members.get(i)).startsWith(member.address() + ":");
                    assertThat(member.config().mesh().member()).isEqualTo(i);
                }
            }
        });
    }

    @Test
    void shouldFindNodesWhereTheyListen() throws IOException {
        Map<String, Service> services = services();
        List<String> streams = new ArrayList<>();
        services.forEach((name, service) -> {
            if (service.command().getFirst().equals("node")) {
                HorizonConfig config = service.config();
                assertThat(config.node().name()).isEqualTo(name);
                assertThat(config.node().bind()).isEqualTo(service.address());
                assertThat(config.streams().nodeHost()).isEqualTo(service.address());
                streams.add(service.address() + ":" + config.streams().port());
            }
            if (service.port() != 0) {
                assertThat(service.config().node().port()).as(name).isEqualTo(service.port());
            }
        });
        assertThat(services.get("gateway").config().gateway().node())
                .isEqualTo(String.join(";", streams));
    }

    @Test
    void shouldBuildOnTheArchiveAndRunItsLauncher() throws IOException {
        String recipe = Files.readString(FOLDER.resolve("Containerfile"));
        String archive = Files.readString(FOLDER.resolveSibling("archive"));
        assertThat(archive)
                .contains(
                        "name=horizon-$version-",
                        "tar -C target/archive -czf \"target/$name.tar.gz\"")
                .contains("cp horizon ");
        assertThat(recipe).contains("ADD horizon-*-linux-*.tar.gz /opt/", "/opt/horizon-*/horizon");
    }
}
