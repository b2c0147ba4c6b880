package dev.horizon.net.gateway;

/** Hands a login ticket to whoever asks: with a development key alone. */
final class TicketDesk {
    private TicketDesk() {}

    static HttpReply issue(Tickets tickets, HttpCall call, int validSeconds) {
        String player = call.parameter("player");
        if (player == null || !PlayerNames.isValid(player)) {
            return HttpReply.error(
                    400, Refusal.PLAYER_NAME, "?player= must have " + PlayerNames.RULE);
        }
        return HttpReply.json(
                Envelope.JSON.writeValueAsString(
                        Envelope.JSON
                                .createObjectNode()
                                .put("player", player)
                                .put("ticket", tickets.login(player, validSeconds))
                                .put("validSeconds", validSeconds)));
    }
}
