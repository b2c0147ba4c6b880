package dev.horizon.tools.soak.bots;

/** Talks to everybody. */
final class ChatMind implements Mind {
    private static final String[] WORDS = {
        "anyone", "for", "the", "convoy", "to", "pirates", "at", "gate", "ore", "sells", "well",
        "hold", "fire", "who", "flies", "with", "us", "seven", "ships", "left"
    };
    private static final int WORDS_MAX = 12;

    private final double rate;

    ChatMind(double rate) {
        this.rate = rate;
    }

    @Override
    public long act(Bot bot) {
        StringBuilder text = new StringBuilder("{\"message\":\"");
        for (int i = bot.random.nextInt(1, WORDS_MAX); i > 0; i--) {
            text.append(WORDS[bot.random.nextInt(WORDS.length)]).append(' ');
        }
        bot.say("chat", "message", text.append(bot.random.nextInt(1_000)).append("\"}").toString());
        return Math.round(1_000 / rate * (0.5 + bot.random.nextDouble()));
    }
}
