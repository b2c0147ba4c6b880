package dev.horizon.schemas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The golden vectors by content: one for each message, and for replication frames one for each
 * thing that a decoder may get wrong. 64-bit values are text, because JavaScript's numbers can't
 * hold them; bytes are hexadecimal.
 */
final class Vectors {
    private static final List<String> GLANCE_GROUPS =
            List.of(
                    "nudged",
                    "kicked",
                    "settled",
                    "turned",
                    "components",
                    "shifted",
                    "stripped",
                    "steered",
                    "guided",
                    "flown",
                    "patched");

    /** A message and what it says. */
    record Vector(
            String name,
            String schema,
            String template,
            String description,
            Map<String, Object> fields,
            List<Map<String, Object>> meaning) {}

    private static final long CELL = channelId(0, 0, 3, -2, 0);

    private Vectors() {}

    static List<Vector> all() {
        List<Vector> all = new ArrayList<>();
        session(all);
        replication(all);
        tickLog(all);
        mesh(all);
        standby(all);
        return all;
    }

    private static void session(List<Vector> all) {
        add(
                all,
                "session",
                "Hello",
                fields(
                        "protocolVersion",
                        1,
                        "player",
                        "Ada Lovelace \u2728",
                        "ticket",
                        "v1.QWRh.c2ln",
                        "resumeTicket",
                        ""));
        add(
                all,
                "session",
                "ClientInput",
                fields(
                        "sequence",
                        4_000_000_000L,
                        "eventType",
                        51_966,
                        "payload",
                        hex("0000803f00000000000080bf")));
        add(
                all,
                "session",
                "ClientEvent",
                fields("sequence", 7, "eventType", 1, "payload", hex("")));
        add(all, "session", "Ping", fields("clientTime", "1700000000123"));
        add(
                all,
                "session",
                "Pong",
                fields("clientTime", "1700000000123", "tick", "18446744073709551614"));
        add(all, "session", "ChannelSubscribe", fields("gatewayId", 9, "channelId", text(CELL)));
        add(all, "session", "ChannelUnsubscribe", fields("gatewayId", 9, "channelId", text(CELL)));
        add(
                all,
                "session",
                "KeyframeRequest",
                fields(
                        "gatewayId",
                        9,
                        "channelId",
                        text(channelId(3, 3, -524_288, -524_288, -524_288))));
        add(
                all,
                "session",
                "SessionWelcome",
                fields(
                        "sessionId",
                        "77",
                        "playerId",
                        "88",
                        "playerEntity",
                        "1099511627818",
                        "tick",
                        "123456",
                        "tickHz",
                        20,
                        "lastInputSequence",
                        41,
                        "resumeNonce",
                        "12345678901234567890",
                        "gatewayId",
                        9,
                        "starSystem",
                        "sol"));
        add(
                all,
                "session",
                "SessionHandover",
                fields(
                        "sessionId",
                        "77",
                        "tick",
                        "123456",
                        "destination",
                        "81985529216486895",
                        "gone",
                        1));
        add(
                all,
                "session",
                "SessionMessage",
                fields(
                        "sessionId",
                        "0",
                        "tick",
                        "5",
                        "eventType",
                        300,
                        "payload",
                        hex("05004865 6c6c6f")));
        add(
                all,
                "session",
                "SessionRefused",
                fields(
                        "sessionId",
                        "77",
                        "tick",
                        "6",
                        "closes",
                        1,
                        "gatewayId",
                        0,
                        "code",
                        "HZ-SES-002",
                        "reason",
                        "ticket expired"));
        add(
                all,
                "session",
                "SessionFocus",
                fields(
                        "sessionId",
                        "77",
                        "tick",
                        "7",
                        "entityId",
                        "1099511627776",
                        "x",
                        -1.5,
                        "y",
                        1e9,
                        "z",
                        0.125,
                        "lastInputSequence",
                        42,
                        "sensorMetres",
                        25_000.0,
                        "focus",
                        List.of(fields("entityId", "12"), fields("entityId", "13")),
                        "audiences",
                        List.of(fields("audience", 7), fields("audience", 65_535))));
        add(
                all,
                "session",
                "TickEnd",
                fields(
                        "tick",
                        "7",
                        "frames",
                        31,
                        "dilation",
                        1.0,
                        "flags",
                        0,
                        "closeFrames",
                        20,
                        "mediumFrames",
                        7,
                        "lowFrames",
                        3,
                        "sensorFrames",
                        1,
                        "acks",
                        List.of(fields("sessionId", "77", "sequence", 42))));
        add(
                all,
                "session",
                "NodePresence",
                fields(
                        "incarnation",
                        3,
                        "tick",
                        "7",
                        "hash",
                        "12345678901234567890",
                        "terms",
                        hex("7b7d")));
        add(
                all,
                "session",
                "NodePlacement",
                fields(
                        "nodes",
                        List.of(
                                fields("node", "81985529216486895", "room", 6),
                                fields("node", "7", "room", 0))));
    }

    private static void tickLog(List<Vector> all) {
        add(all, "ticklog", "GatewayLost", fields("gatewayId", 9));
        add(all, "ticklog", "TicksMissed", fields("lastTick", "1000", "ticks", "60"));
        add(
                all,
                "ticklog",
                "SessionOpened",
                fields(
                        "sessionId",
                        "77",
                        "playerId",
                        "88",
                        "gatewayId",
                        9,
                        "resumed",
                        0,
                        "resumeNonce",
                        "5",
                        "begins",
                        "81985529216486895",
                        "playerName",
                        "Grace",
                        "remoteAddress",
                        "127.0.0.1:50000",
                        "profile",
                        hex("01ff")));
        add(all, "ticklog", "SessionClosed", fields("sessionId", "77", "reason", 3));
        add(
                all,
                "ticklog",
                "SessionInput",
                fields("sessionId", "77", "sequence", 8, "eventType", 12, "payload", hex("aa55")));
        add(
                all,
                "ticklog",
                "SessionEvent",
                fields("sessionId", "77", "sequence", 9, "eventType", 13, "payload", hex("")));
        add(
                all,
                "ticklog",
                "OperatorCommand",
                fields("requestId", "3", "line", "sol:spawn convoy 5"));
        add(
                all,
                "ticklog",
                "AsyncResult",
                fields("jobId", "4", "failed", 0, "plugin", "market", "result", hex("0102030405")));
        add(all, "ticklog", "Dilation", fields("permille", 850));
        add(all, "ticklog", "OverloadStep", fields("step", 4, "loadPermille", 1_320));
        add(
                all,
                "ticklog",
                "RawClientMessage",
                fields(
                        "sessionId",
                        "77",
                        "sequence",
                        10,
                        "eventNamespace",
                        "custom",
                        "eventName",
                        "wave",
                        "data",
                        hex("7b2261223a317d")));
        add(
                all,
                "ticklog",
                "TapeStart",
                fields(
                        "formatVersion",
                        1,
                        "seed",
                        "18446744073709551615",
                        "firstTick",
                        "1",
                        "tickHz",
                        20,
                        "starSystem",
                        "sol",
                        "build",
                        "0.1.0"));
        add(
                all,
                "ticklog",
                "TickInputs",
                fields("tick", "2", "inputCount", 1, "inputs", hex("0400000001020304")));
        add(
                all,
                "ticklog",
                "TickHash",
                fields(
                        "tick",
                        "2",
                        "hash",
                        "17293822569102704640",
                        "entities",
                        50_001,
                        "nanos",
                        4_294_967_294L,
                        "faults",
                        2,
                        "columns",
                        List.of(
                                fields("component", 0, "hash", "1"),
                                fields("component", 513, "hash", "18446744073709551615"))));
        add(all, "ticklog", "TapeSetup", fields("setup", hex("7b7d")));
        add(
                all,
                "ticklog",
                "ReleaseEntity",
                fields(
                        "transfer",
                        "12",
                        "floor",
                        "11",
                        "entity",
                        "9895604649987",
                        "home",
                        "1311768467463790320",
                        "destination",
                        "81985529216486895",
                        "jump",
                        "7001"));
        add(
                all,
                "ticklog",
                "RefuseJump",
                fields(
                        "entity",
                        "9895604649987",
                        "jump",
                        "7001",
                        "code",
                        "HZ-MESH-035",
                        "text",
                        "nobody owns it"));
        add(
                all,
                "ticklog",
                "Parcel",
                fields(
                        "source",
                        "9",
                        "home",
                        "1311768467463790320",
                        "destination",
                        "81985529216486895",
                        "sequence",
                        "5",
                        "tick",
                        "4000",
                        "entities",
                        List.of(
                                fields(
                                        "transfer",
                                        "12",
                                        "entity",
                                        "9895604649987",
                                        "returned",
                                        0,
                                        "image",
                                        hex("0100"))),
                        "events",
                        List.of(
                                fields(
                                        "form",
                                        4_000_000_000L,
                                        "service",
                                        "chat",
                                        "eventName",
                                        "com.example.Line",
                                        "payload",
                                        hex("05004865 6c6c6f")))));
        add(all, "ticklog", "ParcelsKept", fields("source", "9", "floor", "5"));
        add(
                all,
                "ticklog",
                "ServiceOffer",
                fields(
                        "self",
                        "1311768467463790320",
                        "home",
                        "81985529216486895",
                        "world",
                        9,
                        "services",
                        "chat guilds"));
        add(
                all,
                "ticklog",
                "ParcelSettled",
                fields(
                        "destination",
                        "81985529216486895",
                        "sequence",
                        "5",
                        "returned",
                        List.of(fields("transfer", "12"))));
        add(
                all,
                "ticklog",
                "Ghosts",
                fields(
                        "source",
                        "9",
                        "home",
                        "81985529216486895",
                        "destination",
                        "1311768467463790320",
                        "tick",
                        "4000",
                        "word",
                        hex("010203")));
        add(
                all,
                "ticklog",
                "SessionFollows",
                fields("sessionId", "77", "destination", "81985529216486895", "follows", 1));
    }

    private static void standby(List<Vector> all) {
        Object life = "12297829382473034410";
        add(
                all,
                "standby",
                "StandbyHello",
                fields(
                        "life",
                        life,
                        "home",
                        "1311768467463790320",
                        "port",
                        40_486,
                        "host",
                        "127.0.0.1"));
        add(
                all,
                "standby",
                "StandbyAck",
                fields("life", life, "position", "16777216", "tick", "4000", "claim", 2));
        add(
                all,
                "standby",
                "StandbyAlarm",
                fields("life", life, "tick", "4000", "text", "Hull.points of 1:3 is 2.0, not 1.0"));
        add(all, "standby", "StandbyJar", fields("life", life, "kept", 1, "sha256", "e3b0c442"));
        add(
                all,
                "standby",
                "NodePulse",
                fields(
                        "life",
                        life,
                        "tick",
                        "4001",
                        "stage",
                        4,
                        "survivor",
                        0,
                        "recording",
                        1,
                        "refusal",
                        ""));
        add(
                all,
                "standby",
                "CopyPart",
                fields("life", life, "part", 1, "last", 0, "first", 1, "bytes", hex("485a534e")));
    }

    private static void mesh(List<Vector> all) {
        Object home = "1311768467463790320";
        add(
                all,
                "mesh",
                "NodeHello",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "folder",
                        "81985529216486895",
                        "replaces",
                        "2",
                        "regions",
                        List.of(
                                fields(
                                        "region", 1, "minX", -1e9, "minY", -1e9, "minZ", -1e9,
                                        "maxX", 0.0, "maxY", 1e9, "maxZ", 1e9)),
                        "node",
                        "sol-1",
                        "starSystem",
                        "sol",
                        "address",
                        "127.0.0.1:40456",
                        "pages",
                        "http://127.0.0.1:8420/",
                        "peer",
                        "127.0.0.1:41999"));
        add(
                all,
                "mesh",
                "NodeReport",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "tick",
                        "4000",
                        "heardTick",
                        "3999",
                        "tickMicros",
                        3_800,
                        "budgetMicros",
                        50_000,
                        "dilationPermille",
                        1000,
                        "sessions",
                        12,
                        "entities",
                        50_000,
                        "revision",
                        5,
                        "toLeave",
                        17,
                        "world",
                        9,
                        "offers",
                        "33",
                        "neighbours",
                        "7809586402011",
                        "placement",
                        "7809586402012",
                        "services",
                        "chat guilds"));
        add(all, "mesh", "NodeGoodbye", fields("home", home, "life", "3"));
        add(all, "mesh", "StateRequest", fields("request", "7", "skip", 32));
        add(all, "mesh", "ConfirmGone", fields("request", "8", "home", home, "life", "3"));
        add(
                all,
                "mesh",
                "NodeWelcome",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "block",
                        9,
                        "revision",
                        5,
                        "regions",
                        List.of(
                                fields(
                                        "region",
                                        1,
                                        "epoch",
                                        "4",
                                        "standing",
                                        1,
                                        "minX",
                                        -1e9,
                                        "minY",
                                        -1e9,
                                        "minZ",
                                        -1e9,
                                        "maxX",
                                        0.0,
                                        "maxY",
                                        1e9,
                                        "maxZ",
                                        1e9)),
                        "starSystem",
                        "sol"));
        add(
                all,
                "mesh",
                "NodeRefused",
                fields("home", home, "life", "3", "code", "HZ-MESH-012", "text", "gone"));
        add(all, "mesh", "HelloWanted", fields("home", home, "life", "3"));
        add(all, "mesh", "RequestDone", fields("request", "8", "code", "", "text", "done"));
        add(
                all,
                "mesh",
                "StateHead",
                fields(
                        "request",
                        "0",
                        "formatVersion",
                        1,
                        "now",
                        "1764338400000",
                        "lastBlock",
                        9,
                        "nodes",
                        1,
                        "regions",
                        1,
                        "lastTransfer",
                        "12",
                        "transfers",
                        1,
                        "lastOffer",
                        "33"));
        add(
                all,
                "mesh",
                "NodeState",
                fields(
                        "request",
                        "0",
                        "home",
                        home,
                        "life",
                        "3",
                        "presence",
                        1,
                        "block",
                        9,
                        "heardAt",
                        "1764338400000",
                        "advancedAt",
                        "1764338399500",
                        "deliveredAt",
                        "1764338399000",
                        "tick",
                        "4000",
                        "heardTick",
                        "3999",
                        "tickMicros",
                        3_800,
                        "budgetMicros",
                        50_000,
                        "dilationPermille",
                        1000,
                        "sessions",
                        12,
                        "entities",
                        50_000,
                        "revision",
                        5,
                        "toLeave",
                        17,
                        "world",
                        9,
                        "offered",
                        "33",
                        "folder",
                        "81985529216486895",
                        "node",
                        "sol-1",
                        "starSystem",
                        "sol",
                        "address",
                        "127.0.0.1:40456",
                        "pages",
                        "http://127.0.0.1:8420/",
                        "peer",
                        "127.0.0.1:41999",
                        "services",
                        "chat guilds"));
        add(
                all,
                "mesh",
                "ServiceChanges",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "after",
                        "32",
                        "upTo",
                        "33",
                        "offers",
                        List.of(
                                fields(
                                        "node",
                                        "81985529216486895",
                                        "world",
                                        9,
                                        "peer",
                                        "127.0.0.1:41999",
                                        "services",
                                        "chat guilds"))));
        add(
                all,
                "mesh",
                "RegionState",
                fields(
                        "request",
                        "0",
                        "region",
                        1,
                        "epoch",
                        "4",
                        "owner",
                        home,
                        "minX",
                        -1e9,
                        "minY",
                        -1e9,
                        "minZ",
                        -1e9,
                        "maxX",
                        0.0,
                        "maxY",
                        1e9,
                        "maxZ",
                        1e9,
                        "heir",
                        "81985529216486895",
                        "keeper",
                        home,
                        "starSystem",
                        "sol"));
        add(all, "mesh", "StateEnd", fields("request", "0", "next", 0));
        transfers(all, home);
    }

    private static void transfers(List<Vector> all, Object home) {
        Object entity = "9895604649987";
        Object other = "81985529216486895";
        add(
                all,
                "mesh",
                "TransferRequest",
                fields("request", "10", "entity", entity, "source", home, "destination", other));
        add(
                all,
                "mesh",
                "TransferWord",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "transfer",
                        "12",
                        "word",
                        1,
                        "code",
                        "HZ-MESH-024",
                        "text",
                        "gone"));
        add(
                all,
                "mesh",
                "EntityBeyond",
                fields("home", home, "life", "3", "entity", entity, "x", 1e9, "y", -5.5, "z", 0.0));
        add(
                all,
                "mesh",
                "RegionMove",
                fields("request", "9", "region", 2, "destination", other, "starSystem", "sol"));
        add(
                all,
                "mesh",
                "RegionSplit",
                fields("request", "9", "region", 2, "axis", 1, "at", 5e8, "starSystem", "sol"));
        add(
                all,
                "mesh",
                "RegionMerge",
                fields("request", "9", "region", 2, "part", 1_000_009, "starSystem", "sol"));
        add(
                all,
                "mesh",
                "RegionLeft",
                fields("home", home, "life", "3", "region", 2, "epoch", "4"));
        add(
                all,
                "mesh",
                "EntityJumps",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "entity",
                        entity,
                        "jump",
                        "7001",
                        "x",
                        1e9,
                        "y",
                        -5.5,
                        "z",
                        0.0,
                        "starSystem",
                        "vega"));
        add(
                all,
                "mesh",
                "JumpRefused",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "entity",
                        entity,
                        "jump",
                        "7001",
                        "code",
                        "HZ-MESH-035",
                        "text",
                        "nobody owns it"));
        add(
                all,
                "mesh",
                "TransferOrder",
                fields(
                        "home",
                        home,
                        "transfer",
                        "12",
                        "step",
                        1,
                        "floor",
                        "11",
                        "entity",
                        entity,
                        "source",
                        home,
                        "destination",
                        other,
                        "jump",
                        "7001",
                        "peer",
                        "127.0.0.1:41999"));
        add(
                all,
                "mesh",
                "TransferState",
                fields(
                        "request",
                        "0",
                        "transfer",
                        "12",
                        "asked",
                        "10",
                        "stage",
                        4,
                        "entity",
                        entity,
                        "source",
                        home,
                        "destination",
                        other,
                        "begunAt",
                        "1764338400000",
                        "changedAt",
                        "1764338400100",
                        "jump",
                        "7001",
                        "code",
                        "HZ-MESH-024",
                        "text",
                        "gone"));
        // A StateEnd and a NodeGoodbye, each behind its length.
        add(
                all,
                "mesh",
                "Batch",
                fields(
                        "messages",
                        hex(
                                "14000000"
                                        + "0c002b00040005000000000000000000"
                                        + "00000000"
                                        + "18000000"
                                        + "10000300040005000100000000000000"
                                        + "0300000000000000")));
        add(
                all,
                "mesh",
                "ParcelSent",
                fields("floor", "5", "peer", "127.0.0.1:41998", "parcel", hex("0102")));
        add(
                all,
                "mesh",
                "ParcelReceived",
                fields(
                        "source",
                        "9",
                        "destination",
                        other,
                        "sequence",
                        "5",
                        "returned",
                        List.of(fields("transfer", "12"))));
        add(all, "mesh", "GhostsSent", fields("ghosts", hex("010203")));
        add(
                all,
                "mesh",
                "Neighbours",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "mark",
                        "7809586402011",
                        "regions",
                        List.of(
                                fields(
                                        "node",
                                        other,
                                        "minX",
                                        0.0,
                                        "minY",
                                        -1e9,
                                        "minZ",
                                        -1e9,
                                        "maxX",
                                        1e9,
                                        "maxY",
                                        1e9,
                                        "maxZ",
                                        1e9,
                                        "peer",
                                        "127.0.0.1:41999"))));
        add(
                all,
                "mesh",
                "Placement",
                fields(
                        "home",
                        home,
                        "life",
                        "3",
                        "mark",
                        "7809586402012",
                        "nodes",
                        List.of(
                                fields("node", home, "room", 0),
                                fields("node", other, "room", 8))));
    }

    private static void replication(List<Vector> all) {
        // CLOSE of craft, cell 3,-2,0 of 1 km: the middle is 3500, -1500, 500; a step is 1/8 m.
        all.add(
                new Vector(
                        "replication-keyframe",
                        "replication",
                        "Frame",
                        "A keyframe with one row of every form: a rock at rest, a coasting and a"
                                + " driven ship, a fast one in a wide row, attitudes, a turret that"
                                + " rides in the driven ship, and components of two kinds",
                        frame(
                                CELL,
                                100,
                                65_536,
                                1000f,
                                1,
                                -3,
                                fields(
                                        "entered",
                                                List.of(
                                                        entered(0, 0, 0, 50f, 11, 0),
                                                        entered(1, 7, 0, 20f, 12, 0),
                                                        entered(2, 255, 0, 20f, 13, 0),
                                                        entered(3, 0, 1, 120.5f, 14, 0),
                                                        entered(4, 0, 0, 0f, 15, 13)),
                                        "resting",
                                                List.of(
                                                        fields(
                                                                "slot", 0, "x", 4000, "y", -4000,
                                                                "z", 1)),
                                        "coasting",
                                                List.of(
                                                        fields(
                                                                "slot", 1, "x", 0, "y", 8, "z", -8,
                                                                "vx", 320, "vy", -32, "vz", 1)),
                                        "driven",
                                                List.of(
                                                        fields(
                                                                "slot", 2, "x", 32767, "y", -32767,
                                                                "z", 0, "vx", -3200, "vy", 0, "vz",
                                                                64, "ax", 1280, "ay", -128, "az",
                                                                1)),
                                        "wide",
                                                List.of(
                                                        fields(
                                                                "slot",
                                                                3,
                                                                "x",
                                                                100_000,
                                                                "y",
                                                                -2_000_000,
                                                                "z",
                                                                0,
                                                                "vx",
                                                                30_000.5,
                                                                "vy",
                                                                -0.25,
                                                                "vz",
                                                                0.0,
                                                                "ax",
                                                                0.0,
                                                                "ay",
                                                                9.5,
                                                                "az",
                                                                -1.0)),
                                        "turned",
                                                List.of(
                                                        fields(
                                                                "slot",
                                                                1,
                                                                "attitude",
                                                                unturned(),
                                                                "wx",
                                                                0,
                                                                "wy",
                                                                0,
                                                                "wz",
                                                                0),
                                                        fields(
                                                                "slot",
                                                                2,
                                                                "attitude",
                                                                halfTurnAboutZ(),
                                                                "wx",
                                                                0,
                                                                "wy",
                                                                0,
                                                                "wz",
                                                                4096)),
                                        "components",
                                                List.of(
                                                        component(
                                                                0x1234,
                                                                4,
                                                                hex("0200 0000803f 0100 000000c0")),
                                                        component(0xBEEF, 1, hex("0400 05"))))),
                        List.of(
                                meaning(11, 4000, -2000, 500.125, 4000, -2000, 500.125),
                                meaning(12, 3500, -1499, 499, 3510, -1500, 499.03125),
                                meaning(
                                        13,
                                        7595.875,
                                        -5595.875,
                                        500,
                                        7500.875,
                                        -5596.375,
                                        502.00390625),
                                meaning(14, 16000, -251500, 500, 46000.5, -251495.5, 499.5))));
        all.add(
                new Vector(
                        "replication-changes",
                        "replication",
                        "Frame",
                        "Changes behind the keyframe: a slot left and gone, one left for another"
                                + " channel, one entered, a component stripped",
                        frame(
                                CELL,
                                101,
                                65_537,
                                1000f,
                                0,
                                -3,
                                fields(
                                        "left",
                                                List.of(
                                                        fields("slot", 0, "gone", 1),
                                                        fields("slot", 3, "gone", 0)),
                                        "entered", List.of(entered(5, 1, 0, 10f, 16, 0)),
                                        "nudged",
                                                List.of(
                                                        fields(
                                                                "slot", 1, "dx", 8, "dy", -127,
                                                                "dz", 0)),
                                        "kicked",
                                                List.of(
                                                        fields(
                                                                "slot", 2, "dx", -1, "dy", 0, "dz",
                                                                127, "dvx", 8, "dvy", -16, "dvz", 0,
                                                                "ax", 0, "ay", 128, "az", 0)),
                                        "resting",
                                                List.of(fields("slot", 5, "x", 0, "y", 0, "z", 0)),
                                        "stripped",
                                                List.of(fields("slot", 1, "componentId", 0x1234)),
                                        "components",
                                                List.of(
                                                        component(
                                                                0x1234, 4, hex("0200 00002041"))))),
                        List.of(
                                meaning(16, 3500, -1500, 500, 3500, -1500, 500),
                                meaning(
                                        12,
                                        3501.5,
                                        -1514.925,
                                        499.0015625,
                                        3511.5,
                                        -1515.925,
                                        499.0328125))));
        all.add(
                new Vector(
                        "replication-empty-keyframe",
                        "replication",
                        "Frame",
                        "A keyframe of a channel that holds nothing; BODY, SENSOR, the last cells",
                        frame(
                                channelId(3, 3, 262_143, -262_143, -1),
                                200,
                                3_200,
                                1e9f,
                                1,
                                6,
                                fields()),
                        List.of()));
        all.add(
                new Vector(
                        "replication-more",
                        "replication",
                        "Frame",
                        "The first part of a keyframe that was too long: flags keyframe and more",
                        frame(
                                CELL,
                                300,
                                4_294_967_295L,
                                1000f,
                                3,
                                -3,
                                fields("entered", List.of(entered(65_535, 0, 0, 1f, -1, 0)))),
                        List.of()));
        all.add(
                new Vector(
                        "replication-view-fresh",
                        "replication",
                        "View",
                        "A client's first view: three with a place, each at steps of its tier, and"
                                + " one that rides",
                        grouped(
                                fields(
                                        "tick",
                                        "100",
                                        "inputSequence",
                                        41,
                                        "flags",
                                        1,
                                        "originX",
                                        0.0,
                                        "originY",
                                        0.0,
                                        "originZ",
                                        0.0,
                                        "left",
                                        List.of(),
                                        "entered",
                                        List.of(
                                                near(1, 0, 21, 0, -3),
                                                near(2, 1, 22, 0, 0),
                                                near(9, 1, 29, 0, 0),
                                                near(11, 0, 23, 21, -3)),
                                        "placed",
                                        List.of(
                                                track(1, 0, 10, 20, 30, 1, 0, -2, 0),
                                                track(2, 5, -1000, 500, 0, 20, -10, 0, 1),
                                                track(9, 0, 0, 0, 0, 0, 0, 0, 0)),
                                        "nudged",
                                        List.of(),
                                        "kicked",
                                        List.of(),
                                        "faced",
                                        List.of(
                                                fields(
                                                        "handle",
                                                        1,
                                                        "age",
                                                        0,
                                                        "attitude",
                                                        unturned(),
                                                        "wx",
                                                        0,
                                                        "wy",
                                                        0,
                                                        "wz",
                                                        0)),
                                        "turned",
                                        List.of(),
                                        "stripped",
                                        List.of(),
                                        "components",
                                        List.of(
                                                component(0x1234, 4, hex("0100 0000803f")),
                                                component(0xBEEF, 1, hex("0b00 01")))),
                                List.of("steered", "flown")),
                        List.of(
                                meaning(21, 10, 20, 30, 11, 20, 28),
                                meaning(22, -994.96875, 497.5, 0, -974.21875, 487.5, 0),
                                meaning(29, 0, 0, 0, 0, 0, 0))));
        all.add(
                new Vector(
                        "replication-view",
                        "replication",
                        "View",
                        "What a client sees anew: one out of view, one that entered with track and"
                                + " attitude, corrections of two others",
                        grouped(
                                fields(
                                        "tick",
                                        "120",
                                        "inputSequence",
                                        42,
                                        "flags",
                                        0,
                                        "originX",
                                        1000.0,
                                        "originY",
                                        -500.0,
                                        "originZ",
                                        0.25,
                                        "left",
                                        List.of(fields("handle", 9, "gone", 0)),
                                        "entered",
                                        List.of(
                                                fields(
                                                        "handle",
                                                        3,
                                                        "tier",
                                                        1,
                                                        "sizeClass",
                                                        0,
                                                        "radius",
                                                        20.0,
                                                        "entityId",
                                                        "17",
                                                        "parentId",
                                                        "0",
                                                        "placeExponent",
                                                        0,
                                                        "velocityExponent",
                                                        -2,
                                                        "accelerationExponent",
                                                        -4)),
                                        "placed",
                                        List.of(
                                                fields(
                                                        "handle", 3, "age", 20, "x", 100.0, "y",
                                                        -200.0, "z", 0.125, "vx", 10.0, "vy", 0.0,
                                                        "vz", -1.0, "ax", 0.0, "ay", 2.0, "az",
                                                        0.0)),
                                        "nudged",
                                        List.of(fields("handle", 1, "dx", 1, "dy", -2, "dz", 127)),
                                        "kicked",
                                        List.of(
                                                fields(
                                                        "handle", 2, "dx", -127, "dy", 0, "dz", 1,
                                                        "dvx", 5, "dvy", -5, "dvz", 0, "ax", 320,
                                                        "ay", -320, "az", 1)),
                                        "faced",
                                        List.of(
                                                fields(
                                                        "handle",
                                                        3,
                                                        "age",
                                                        40,
                                                        "attitude",
                                                        halfTurnAboutZ(),
                                                        "wx",
                                                        0,
                                                        "wy",
                                                        0,
                                                        "wz",
                                                        4096)),
                                        "turned",
                                        List.of(
                                                fields(
                                                        "handle",
                                                        1,
                                                        "attitude",
                                                        unturned(),
                                                        "wx",
                                                        1,
                                                        "wy",
                                                        -1,
                                                        "wz",
                                                        0)),
                                        "stripped",
                                        List.of(fields("handle", 1, "componentId", 0x1234)),
                                        "components",
                                        List.of(component(0x1234, 4, hex("0300 00002041")))),
                                List.of("steered", "flown")),
                        List.of(
                                meaning(17, 110, -199, -0.875, 120, -196, -1.875),
                                meaning(21, 11.125, 19.75, 43.875, 12.125, 19.75, 41.875),
                                meaning(22, -1101.21875, 487.5, 1, -1064.96875, 462.5, 1.03125))));
        glance(all);
        flights(all);
        all.add(
                new Vector(
                        "replication-beacon",
                        "replication",
                        "Beacon",
                        "What two channels of a stream sent last; the second has sent nothing",
                        fields(
                                "tick",
                                "110",
                                "channels",
                                List.of(
                                        fields(
                                                "channelId",
                                                text(CELL),
                                                "sequence",
                                                65_537,
                                                "checksum",
                                                2_103_706_535L),
                                        fields(
                                                "channelId",
                                                text(channelId(1, 2, 0, 0, -1)),
                                                "sequence",
                                                0,
                                                "checksum",
                                                0))),
                        List.of()));
        all.add(
                new Vector(
                        "replication-forget",
                        "replication",
                        "Forget",
                        "The gateway drops a channel for its client",
                        fields("channelId", text(CELL), "tick", "111"),
                        List.of()));
        all.add(
                new Vector(
                        "replication-recut",
                        "replication",
                        "Recut",
                        "After the changes, the cell split: all that is left is in one of its"
                                + " parts, of level 1, which begins with it",
                        fields(
                                "tick",
                                "102",
                                "fromChannelId",
                                text(CELL),
                                "toChannelId",
                                text(part(CELL, 6, -3, 1)),
                                "fromSequence",
                                65_538,
                                "toSequence",
                                1_617,
                                "cellEdge",
                                500.0,
                                "flags",
                                1,
                                "placeExponent",
                                -3,
                                "velocityExponent",
                                -5,
                                "accelerationExponent",
                                -7,
                                "moved",
                                List.of(
                                        moved(1, 0, 0),
                                        moved(2, 1, 0),
                                        moved(4, 300, 255),
                                        moved(5, 2, 3))),
                        List.of()));
    }

    private static Map<String, Object> near(
            int handle, int tier, long entityId, long parentId, int placeExponent) {
        return fields(
                "handle",
                handle,
                "tier",
                tier,
                "sizeClass",
                0,
                "radius",
                10.0,
                "entityId",
                text(entityId),
                "parentId",
                text(parentId),
                "placeExponent",
                placeExponent,
                "velocityExponent",
                placeExponent - 2,
                "accelerationExponent",
                placeExponent - 4);
    }

    private static Map<String, Object> track(
            int handle,
            int age,
            double x,
            double y,
            double z,
            double vx,
            double vy,
            double vz,
            double ax) {
        return fields(
                "handle", handle, "age", age, "x", x, "y", y, "z", z, "vx", vx, "vy", vy, "vz", vz,
                "ax", ax, "ay", 0.0, "az", 0.0);
    }

    /** 3: w is left out; the others are zero, the middle of 0..1022. */
    private static long unturned() {
        return (3L << 30) | (511 << 20) | (511 << 10) | 511;
    }

    /** 2: z is left out, the largest; x, y, w are zero. */
    private static long halfTurnAboutZ() {
        return (2L << 30) | (511 << 20) | (511 << 10) | 511;
    }

    /** With groups that it lacks, empty, in the order of the schema. */
    private static Map<String, Object> grouped(Map<String, Object> message, List<String> groups) {
        Map<String, Object> all = new LinkedHashMap<>(message);
        for (String group : groups) {
            all.remove(group);
            all.put(group, message.getOrDefault(group, List.of()));
        }
        return all;
    }

    private static Map<String, Object> frame(
            long channelId,
            long tick,
            long sequence,
            float edge,
            int flags,
            int exponent,
            Map<String, Object> groups) {
        Map<String, Object> fields =
                fields(
                        "channelId",
                        text(channelId),
                        "tick",
                        text(tick),
                        "sequence",
                        sequence,
                        "cellEdge",
                        (double) edge,
                        "flags",
                        flags,
                        "placeExponent",
                        exponent,
                        "velocityExponent",
                        exponent - 2,
                        "accelerationExponent",
                        exponent - 4);
        for (String group :
                List.of(
                        "left",
                        "entered",
                        "nudged",
                        "kicked",
                        "resting",
                        "coasting",
                        "driven",
                        "wide",
                        "turned",
                        "stripped",
                        "components",
                        "steered",
                        "flown")) {
            fields.put(group, groups.getOrDefault(group, List.of()));
        }
        return fields;
    }

    private static Map<String, Object> entered(
            int slot, int generation, int sizeClass, float radius, long entityId, long parentId) {
        return fields(
                "slot",
                slot,
                "generation",
                generation,
                "sizeClass",
                sizeClass,
                "radius",
                (double) radius,
                "entityId",
                text(entityId),
                "parentId",
                text(parentId));
    }

    private static Map<String, Object> component(int id, int rowBytes, String rows) {
        return fields("componentId", id, "rowBytes", rowBytes, "rows", rows);
    }

    /** What flies: the numbers were worked out by another program, from docs/replication.md. */
    private static void flights(List<Vector> all) {
        long thrust = packed(480, -64, 16, 2);
        long spin = packed(96, -400, 256, 2);
        all.add(
                new Vector(
                        "replication-flight",
                        "replication",
                        "Frame",
                        "A keyframe with a ship that is steered",
                        frame(
                                CELL,
                                200,
                                70_000,
                                1000f,
                                1,
                                -3,
                                fields(
                                        "entered",
                                        List.of(entered(2, 0, 0, 20f, 13, 0)),
                                        "flown",
                                        List.of(
                                                fields(
                                                        "slot",
                                                        2,
                                                        "x",
                                                        3400.03125,
                                                        "y",
                                                        -1600.5,
                                                        "z",
                                                        512.25,
                                                        "vx",
                                                        40.5,
                                                        "vy",
                                                        -3.25,
                                                        "vz",
                                                        0.015625,
                                                        "attitude",
                                                        unturned(),
                                                        "turn",
                                                        packed(64, 0, -32, 1),
                                                        "thrust",
                                                        thrust,
                                                        "spin",
                                                        spin,
                                                        "ramp",
                                                        1024)))),
                        List.of(
                                meaning(
                                        13,
                                        3400.03125,
                                        -1600.5,
                                        512.25,
                                        3454.0493042215303,
                                        -1603.517570945235,
                                        516.7732381467207))));
        all.add(
                new Vector(
                        "replication-flight-steered",
                        "replication",
                        "Frame",
                        "Other controls of that ship, since the tick before",
                        frame(
                                CELL,
                                224,
                                70_001,
                                1000f,
                                0,
                                -3,
                                fields(
                                        "steered",
                                        List.of(
                                                fields(
                                                        "slot",
                                                        2,
                                                        "thrust",
                                                        packed(-100, 300, 7, 2),
                                                        "spin",
                                                        packed(-400, 33, -127, 2),
                                                        "age",
                                                        1)))),
                        List.of(
                                meaning(
                                        13,
                                        3466.6875,
                                        -1603.5,
                                        520.25,
                                        3525.0470912128344,
                                        -1596.441075543379,
                                        533.1574765005553))));
        all.add(
                new Vector(
                        "replication-glance-flight",
                        "replication",
                        "Glance",
                        "After the glance: one comes to CLOSE and flies since two ticks ago, and"
                                + " two bytes of another's component change",
                        grouped(
                                fields(
                                        "tick",
                                        160,
                                        "inputSequence",
                                        43,
                                        "shifted",
                                        List.of(
                                                fields(
                                                        "handle",
                                                        3,
                                                        "tier",
                                                        0,
                                                        "placeExponent",
                                                        -3,
                                                        "velocityExponent",
                                                        -5,
                                                        "accelerationExponent",
                                                        -7)),
                                        "stripped",
                                        List.of(fields("handle", 2, "componentId", 0x4321)),
                                        "flown",
                                        List.of(
                                                fields(
                                                        "handle",
                                                        3,
                                                        "age",
                                                        2,
                                                        "x",
                                                        -3600,
                                                        "y",
                                                        1200,
                                                        "z",
                                                        -1,
                                                        "vx",
                                                        80,
                                                        "vy",
                                                        0,
                                                        "vz",
                                                        -2500,
                                                        "attitude",
                                                        unturned(),
                                                        "turn",
                                                        packed(0, 0, 256, 1),
                                                        "thrust",
                                                        thrust,
                                                        "spin",
                                                        spin,
                                                        "ramp",
                                                        640)),
                                        "patched",
                                        List.of(
                                                fields(
                                                        "componentId",
                                                        0x1234,
                                                        "rowBytes",
                                                        4,
                                                        "rows",
                                                        hex("01 06 7788 ff")))),
                                GLANCE_GROUPS),
                        List.of(
                                meaning(
                                        17,
                                        887.775194747526,
                                        -462.5181285987547,
                                        -3.68229041828509,
                                        905.1731907044489,
                                        -459.91099090822155,
                                        -37.92930239975844))));
        all.add(
                new Vector(
                        "replication-glance-steered",
                        "replication",
                        "Glance",
                        "Other controls of what flies, coarse, since three ticks ago",
                        grouped(
                                fields(
                                        "tick",
                                        164,
                                        "inputSequence",
                                        43,
                                        "steered",
                                        List.of(
                                                fields(
                                                        "step",
                                                        3,
                                                        "thrust",
                                                        228L | 1 << 8 | 129 << 16 | 58L << 24,
                                                        "spinX",
                                                        8,
                                                        "spinY",
                                                        128,
                                                        "spinZ",
                                                        188))),
                                GLANCE_GROUPS),
                        List.of(
                                meaning(
                                        17,
                                        889.21875,
                                        -462.90625,
                                        -11.46875,
                                        917.7298376343898,
                                        -473.1111667064271,
                                        -47.11515127593029))));
    }

    private static void glance(List<Vector> all) {
        long change = ((((74L * 147 + 146) * 147 + 0) * 11 + 5) * 11 + 10) * 11 + 0;
        all.add(
                new Vector(
                        "replication-glance",
                        "replication",
                        "Glance",
                        "What a client sees anew after the view, in lean rows; the last of a"
                                + " component's names no handle",
                        grouped(
                                fields(
                                        "tick",
                                        140,
                                        "inputSequence",
                                        43,
                                        "nudged",
                                        List.of(
                                                fields(
                                                        "step",
                                                        1,
                                                        "offset",
                                                        17 | 14 << 5 | 31 << 10)),
                                        "kicked",
                                        List.of(
                                                fields(
                                                        "step",
                                                        2,
                                                        "change",
                                                        change,
                                                        "pull",
                                                        packed(511, -511, 3, 1))),
                                        "settled",
                                        List.of(
                                                fields(
                                                        "step",
                                                        3,
                                                        "x",
                                                        -3600,
                                                        "y",
                                                        1200,
                                                        "z",
                                                        -1,
                                                        "vx",
                                                        80,
                                                        "vy",
                                                        0,
                                                        "vz",
                                                        -8,
                                                        "pull",
                                                        packed(0, 8, 0, 0))),
                                        "turned",
                                        List.of(
                                                fields(
                                                        "step",
                                                        3,
                                                        "attitude",
                                                        unturned(),
                                                        "spin",
                                                        packed(0, 0, 256, 1))),
                                        "components",
                                        List.of(
                                                component(
                                                        0x1234,
                                                        4,
                                                        hex("01 00004041 ff 00000000")))),
                                GLANCE_GROUPS),
                        List.of(
                                meaning(17, 100, -200, 0, 110, -199, -1),
                                meaning(21, 12.25, 19.5, 43.75, 13.25, 19.5, 41.75),
                                meaning(
                                        22,
                                        -1069.96875,
                                        467.5,
                                        1.03125,
                                        -841.21875,
                                        250,
                                        3.59375))));
    }

    private static long packed(int x, int y, int z, int exponent) {
        return (x + 512L) | (y + 512L) << 10 | (z + 512L) << 20 | (long) exponent << 30;
    }

    /** An entity's place at the frame's tick, and a second later at 20 ticks a second. */
    private static Map<String, Object> meaning(
            long entityId,
            double x,
            double y,
            double z,
            double laterX,
            double laterY,
            double laterZ) {
        return fields(
                "entityId",
                text(entityId),
                "place",
                List.of(x, y, z),
                "placeAfter20Ticks",
                List.of(laterX, laterY, laterZ));
    }

    private static Map<String, Object> moved(int slot, int newSlot, int newGeneration) {
        return fields("slot", slot, "newSlot", newSlot, "newGeneration", newGeneration);
    }

    /** A part of level 1: the level's last bit inverts the first bit of z. */
    private static long part(long whole, int x, int y, int z) {
        return (whole >>> 60 << 60) | (channelId(0, 0, x, y, z) ^ 1L << 19);
    }

    private static long channelId(int sizeClass, int tier, int x, int y, int z) {
        long mask = (1 << 20) - 1;
        return ((long) sizeClass << 62)
                | ((long) tier << 60)
                | ((x & mask) << 40)
                | ((y & mask) << 20)
                | (z & mask);
    }

    private static String text(long value) {
        return Long.toUnsignedString(value);
    }

    private static String hex(String spaced) {
        return spaced.replace(" ", "");
    }

    private static void add(
            List<Vector> all, String schema, String template, Map<String, Object> fields) {
        String name =
                template.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
        all.add(
                new Vector(
                        schema + "-" + name,
                        schema,
                        template,
                        "One " + template,
                        fields,
                        List.of()));
    }

    private static Map<String, Object> fields(Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }
}
