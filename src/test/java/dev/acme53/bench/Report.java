package dev.acme53.bench;

import java.util.List;

/// What one scenario gave, as a piece of Markdown.
///
/// @param machine where and when it ran, one line
/// @param notes sentences below the table
/// @param isComplete whether the scenario did all that it is for
record Report(Scenario scenario, String machine, List<Figure> figures, List<String> notes, boolean isComplete) {
    Report {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    String markdown() {
        var text = new StringBuilder("### `%s`: %s%n%n".formatted(scenario.word(), scenario.title()));
        text.append("| figure | measured | floor | must reach | aim |\n| --- | ---: | ---: | ---: | ---: |\n");
        figures.forEach(f -> text.append(f.row()).append('\n'));
        text.append('\n').append(machine).append('\n');
        notes.forEach(note -> text.append('\n').append(note).append('\n'));
        return text.toString();
    }

    String fileName() {
        return scenario.word().replace(':', '-') + ".md";
    }
}
