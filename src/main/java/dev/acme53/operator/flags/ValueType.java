package dev.acme53.operator.flags;

import dev.acme53.api.GoDuration;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How the text of a flag becomes a value.
///
/// @param placeholder what `--help` and the documentation show for the value
/// @param shape how often the flag may be given, and what it looks like in the configuration file
/// @param parser from the texts given (one, unless the shape is a list or a map) to the value; throws
/// [Refused]
record ValueType<T>(String placeholder, Shape shape, Function<List<String>, T> parser) {
    /// The last of several wins for all but lists and maps, whose items add up.
    enum Shape {
        TEXT,
        /// `--flag` alone means true.
        SWITCH,
        NUMBER,
        DURATION,
        /// Items separated by commas.
        LIST,
        /// `key=value` items separated by commas.
        MAP;

        boolean hasItems() {
            return this == LIST || this == MAP;
        }
    }

    /// Why a text is no value of the type.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String text;

        Refused(String text, String reason) {
            super(reason);
            this.text = text;
        }

        /// What was refused: the whole value, or the item of a list.
        String text() {
            return text;
        }
    }

    static final ValueType<String> TEXT = scalar("text", Shape.TEXT, text -> text);
    static final ValueType<Boolean> SWITCH = scalar("true|false", Shape.SWITCH, ValueType::bool);
    static final ValueType<Duration> DURATION = scalar(
            "duration",
            Shape.DURATION,
            text -> GoDuration.parse(text)
                    .orElseThrow(() -> new Refused(text, "not a duration; write it like 90s, 10m or 1h30m")));
    static final ValueType<Duration> POSITIVE_DURATION = durationAbove(Duration.ZERO);
    static final ValueType<Duration> DURATION_FROM_ZERO = durationAbove(Duration.ofNanos(-1));
    static final ValueType<Integer> POSITIVE_NUMBER = whole(1);
    static final ValueType<List<String>> LIST = list("a,b,…", text -> text);
    static final ValueType<Map<String, String>> MAP =
            new ValueType<>("key=value,…", Shape.MAP, texts -> map(texts, v -> v));
    static final ValueType<Map<String, Boolean>> SWITCHES =
            new ValueType<>("name=true,…", Shape.MAP, texts -> map(texts, ValueType::bool));
    static final ValueType<ListenAddress> ADDRESS = scalar("host:port", Shape.TEXT, ListenAddress::parse);
    static final ValueType<Optional<ListenAddress>> ADDRESS_IF_ANY = scalar(
            "host:port",
            Shape.TEXT,
            text -> text.isEmpty() ? Optional.empty() : Optional.of(ListenAddress.parse(text)));
    static final ValueType<Double> DECIMAL = scalar("number", Shape.NUMBER, text -> {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new Refused(text, "not a number");
        }
    });

    static ValueType<Double> decimal(double least, double most) {
        return scalar("number", Shape.NUMBER, text -> {
            var number = DECIMAL.parser.apply(List.of(text));
            if (number >= least && number <= most) {
                return number;
            }
            throw new Refused(text, "must be from " + least + " to " + most);
        });
    }

    static ValueType<Integer> whole(int least) {
        return scalar("number", Shape.NUMBER, text -> {
            try {
                var number = Integer.parseInt(text);
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new Refused(text, "not a whole number");
            }
            throw new Refused(text, "must be at least " + least);
        });
    }

    private static ValueType<Duration> durationAbove(Duration bound) {
        return scalar("duration", Shape.DURATION, text -> {
            var duration = DURATION.parser.apply(List.of(text));
            if (duration.compareTo(bound) <= 0) {
                throw new Refused(text, bound.isZero() ? "must be greater than 0" : "must not be negative");
            }
            return duration;
        });
    }

    static ValueType<String> oneOf(String... allowed) {
        return scalar(String.join("|", allowed), Shape.TEXT, text -> {
            if (Arrays.asList(allowed).contains(text)) {
                return text;
            }
            throw new Refused(text, "must be one of " + String.join(", ", allowed));
        });
    }

    static <T> ValueType<List<T>> list(String placeholder, Function<String, T> item) {
        return new ValueType<>(
                placeholder, Shape.LIST, texts -> texts.stream().map(item).toList());
    }

    static <T> ValueType<T> scalar(String placeholder, Shape shape, Function<String, T> parser) {
        return new ValueType<>(placeholder, shape, texts -> parser.apply(texts.getLast()));
    }

    /// The spellings Go takes.
    private static boolean bool(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "t", "T", "1" -> true;
            case "false", "False", "FALSE", "f", "F", "0" -> false;
            default -> throw new Refused(text, "must be true or false");
        };
    }

    private static <V> Map<String, V> map(List<String> items, Function<String, V> value) {
        var map = new LinkedHashMap<String, V>();
        for (var item : items) {
            var equals = item.indexOf('=');
            if (equals < 1) {
                throw new Refused(item, "must look like " + "key=value");
            }
            map.put(
                    item.substring(0, equals).strip(),
                    value.apply(item.substring(equals + 1).strip()));
        }
        return map;
    }
}
