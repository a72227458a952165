package dev.acme53.status;

import java.util.List;
import java.util.function.BiConsumer;

/// One table: headings once, and again in each cell's `data-label`, which narrow screens show in place of the first.
final class Table<T> {
    /// More rows than anybody reads. The worst come first.
    static final int MOST = 200;

    private final List<String> headings;
    private final BiConsumer<Row, T> row;

    /// A table.
    /// @param headings our own words
    Table(List<String> headings, BiConsumer<Row, T> row) {
        this.headings = headings;
        this.row = row;
    }

    /// The cells of one row, from left to right.
    static final class Row {
        private final Html html;
        private final List<String> headings;
        private int cells;

        private Row(Html html, List<String> headings) {
            this.html = html;
            this.headings = headings;
        }

        /// The next cell; closed by the one after it.
        Html cell() {
            return cell("");
        }

        /// @param style a class of the stylesheet
        Html cell(String style) {
            if (cells > 0) {
                html.markup("</td>");
            }
            html.markup("<td data-label=\"").markup(headings.get(cells++)).markup("\"");
            if (!style.isEmpty()) {
                html.markup(" class=\"").markup(style).markup("\"");
            }
            return html.markup(">");
        }
    }

    void write(Html html, List<T> rows) {
        html.markup("<table>\n<thead><tr>");
        headings.forEach(h -> html.markup("<th scope=\"col\">").markup(h).markup("</th>"));
        html.markup("</tr></thead>\n<tbody>\n");
        for (var each : rows.subList(0, Math.min(rows.size(), MOST))) {
            html.markup("<tr>");
            row.accept(new Row(html, headings), each);
            html.markup("</td></tr>\n");
        }
        html.markup("</tbody>\n</table>\n");
        if (rows.size() > MOST) {
            html.markup("<p class=\"more\">and ")
                    .number(rows.size() - MOST)
                    .markup(" more; a namespace shows fewer</p>\n");
        }
    }
}
