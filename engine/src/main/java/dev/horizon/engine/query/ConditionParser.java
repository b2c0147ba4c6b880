package dev.horizon.engine.query;

import dev.horizon.engine.plugin.HorizonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions: {@code Hull.points < 10 and (Identity.faction == PIRATES or not Shield)}. A
 * component alone asks whether the entity has it; {@code and} binds closer than {@code or}.
 */
public final class ConditionParser {
    /** Longer than any question that a person types. */
    private static final int CHARS_MAX = 2_000;

    /** Deeper than any question that a person types; bounds the recursion. */
    private static final int DEPTH_MAX = 32;

    private static final List<String> CONNECTIVES = List.of("and", "or", "not");

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:(?<number>[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?(?![\\w:]))"
                            + "|(?<entity>\\d+:\\d+)"
                            + "|(?<text>'[^']*'|\"[^\"]*\")"
                            + "|(?<word>[A-Za-z_][\\w]*(?:\\.[A-Za-z_]\\w*)?)"
                            + "|(?<sign><=|>=|==|!=|&&|\\|\\||[<>=~!()]))");

    private final String source;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private ConditionParser(String source) {
        this.source = source;
        this.tokens = tokens(source);
    }

    /**
     * Reads a condition.
     *
     * @throws HorizonException HZ-CLI-003 with the place where it stops making sense
     */
    public static Condition parse(String text) {
        if (text.length() > CHARS_MAX) {
            throw new HorizonException(
                    "HZ-CLI-003",
                    "query is longer than " + CHARS_MAX + " characters; ask for less at once");
        }
        ConditionParser parser = new ConditionParser(text);
        Condition condition = parser.any();
        if (parser.peek().kind != Kind.END) {
            throw parser.unexpected("and, or, or the end");
        }
        return condition;
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (accept("or", "||"));
        return parts.size() == 1 ? parts.getFirst() : new Condition.Any(List.copyOf(parts));
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(one());
        } while (accept("and", "&&"));
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(List.copyOf(parts));
    }

    private Condition one() {
        if (++depth > DEPTH_MAX) {
            throw new HorizonException(
                    "HZ-CLI-003", "query is nested deeper than " + DEPTH_MAX + "; simplify it");
        }
        try {
            if (accept("not", "!")) {
                return new Condition.Not(one());
            }
            if (accept("(", "(")) {
                Condition inner = any();
                if (!accept(")", ")")) {
                    throw unexpected("')'");
                }
                return inner;
            }
            return comparison();
        } finally {
            depth--;
        }
    }

    private Condition comparison() {
        Token name = peek();
        if (name.kind != Kind.WORD || CONNECTIVES.contains(name.text.toLowerCase(Locale.ROOT))) {
            throw unexpected("a component such as Hull, or a field such as Hull.points");
        }
        next++;
        int dot = name.text.indexOf('.');
        if (dot < 0) {
            return new Condition.Has(name.text);
        }
        Condition.Operator operator =
                peek().kind == Kind.SIGN ? Condition.Operator.of(peek().text) : null;
        if (operator == null) {
            throw unexpected("one of < <= > >= == != ~");
        }
        next++;
        return new Condition.Comparison(
                name.text.substring(0, dot), name.text.substring(dot + 1), operator, literal());
    }

    private Object literal() {
        Token token = peek();
        Object value =
                switch (token.kind) {
                    case NUMBER -> Double.valueOf(token.text);
                    case TEXT -> token.text.substring(1, token.text.length() - 1);
                    case ENTITY -> token.text;
                    case WORD ->
                            switch (token.text.toLowerCase(Locale.ROOT)) {
                                case "true" -> Boolean.TRUE;
                                case "false" -> Boolean.FALSE;
                                default -> token.text;
                            };
                    case SIGN, END ->
                            throw unexpected("a number, 'text', true, false, a constant or an id");
                };
        next++;
        return value;
    }

    private boolean accept(String word, String sign) {
        Token token = peek();
        boolean is =
                token.kind == Kind.WORD && token.text.equalsIgnoreCase(word)
                        || token.kind == Kind.SIGN && token.text.equals(sign);
        if (is) {
            next++;
        }
        return is;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private HorizonException unexpected(String expected) {
        Token token = peek();
        return fault(source, token.at, token.text, expected);
    }

    private static HorizonException fault(String source, int at, String found, String expected) {
        return new HorizonException(
                "HZ-CLI-003",
                "query '"
                        + source
                        + "' stops making sense at character "
                        + (at + 1)
                        + (found.isEmpty() ? " (its end)" : " ('" + found + "')")
                        + "; expected "
                        + expected);
    }

    private static List<Token> tokens(String source) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(source);
        int at = 0;
        while (!source.substring(at).isBlank()) {
            matcher.region(at, source.length());
            if (!matcher.lookingAt()) {
                String rest = source.substring(at).strip();
                throw fault(
                        source,
                        source.indexOf(rest, at),
                        rest.substring(0, 1),
                        "a field," + " an operator or a value");
            }
            for (Kind kind : Kind.values()) {
                if (kind != Kind.END && matcher.group(kind.group()) != null) {
                    tokens.add(
                            new Token(
                                    kind,
                                    matcher.group(kind.group()),
                                    matcher.start(kind.group())));
                }
            }
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "", source.length()));
        return tokens;
    }

    private enum Kind {
        NUMBER,
        ENTITY,
        TEXT,
        WORD,
        SIGN,
        END;

        String group() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Token(Kind kind, String text, int at) {}
}
