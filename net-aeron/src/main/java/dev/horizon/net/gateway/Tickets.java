package dev.horizon.net.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks tickets: {@code base64url(body) . base64url(HMAC-SHA256(key, body))} without
 * padding, where body is version (1 byte), kind, expiry seconds (8), nonce (8), session (8,
 * big-endian all) and the player's name in UTF-8. Thread-safe.
 */
public final class Tickets {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 2 + 3 * Long.BYTES;
    private static final int TEXT_CHARS_MAX = 256;

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** Tickets under a key, by the given clock. */
    public Tickets(TicketKey key, InstantSource clock) {
        this.key = new SecretKeySpec(key.secret(), ALGORITHM);
        this.clock = clock;
    }

    /** A login ticket for a player. */
    public String login(String player, int validSeconds) {
        return text(new Ticket(Ticket.Kind.LOGIN, player, expiry(validSeconds), nonce(), 0));
    }

    /** A ticket that resumes a session while its nonce is the session's current one. */
    public String resume(String player, long sessionId, long nonce, int validSeconds) {
        return text(new Ticket(Ticket.Kind.RESUME, player, expiry(validSeconds), nonce, sessionId));
    }

    /** A number that nobody can guess. */
    long nonce() {
        return random.nextLong();
    }

    /** The ticket that a text stands for, or a refusal with the reason. */
    Ticket check(String text, Ticket.Kind kind, String player) throws RefusedException {
        byte[] body;
        byte[] signature;
        int dot = text.indexOf('.');
        if (text.length() > TEXT_CHARS_MAX || dot < 0) {
            throw malformed();
        }
        try {
            body = Base64.getUrlDecoder().decode(text.substring(0, dot));
            signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (body.length <= FIXED_BYTES) {
            throw malformed();
        }
        if (!MessageDigest.isEqual(signature, sign(body))) {
            throw refused(
                    Refusal.TICKET_FORGED,
                    "the ticket wasn't signed with this server's key: ask for a new one");
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        byte version = in.get();
        byte kindOrdinal = in.get();
        if (version != VERSION || kindOrdinal != kind.ordinal()) {
            throw malformed();
        }
        Ticket ticket = new Ticket(kind, "", in.getLong(), in.getLong(), in.getLong());
        String name =
                new String(body, FIXED_BYTES, body.length - FIXED_BYTES, StandardCharsets.UTF_8);
        if (ticket.expirySeconds() < clock.instant().getEpochSecond()) {
            throw refused(Refusal.TICKET_EXPIRED, "the ticket has expired: ask for a new one");
        }
        if (!name.equals(player)) {
            throw refused(
                    Refusal.TICKET_OF_ANOTHER,
                    "the ticket was made for another player than '" + player + "'");
        }
        return new Ticket(kind, name, ticket.expirySeconds(), ticket.nonce(), ticket.sessionId());
    }

    private String text(Ticket ticket) {
        byte[] name = ticket.player().getBytes(StandardCharsets.UTF_8);
        byte[] body =
                ByteBuffer.allocate(FIXED_BYTES + name.length)
                        .put(VERSION)
                        .put((byte) ticket.kind().ordinal())
                        .putLong(ticket.expirySeconds())
                        .putLong(ticket.nonce())
                        .putLong(ticket.sessionId())
                        .put(name)
                        .array();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(body) + '.' + base64.encodeToString(sign(body));
    }

    private byte[] sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private long expiry(int validSeconds) {
        return clock.instant().getEpochSecond() + validSeconds;
    }

    private static RefusedException malformed() {
        return refused(
                Refusal.TICKET_MALFORMED,
                "that is no ticket of this kind: send the text as it was issued");
    }

    private static RefusedException refused(String code, String reason) {
        return new RefusedException(Refusal.closing(code, reason));
    }
}
