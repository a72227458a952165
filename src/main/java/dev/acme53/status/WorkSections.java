package dev.acme53.status;

import dev.acme53.status.Snapshot.ChallengeItem;
import dev.acme53.status.Snapshot.Item;
import dev.acme53.status.Snapshot.Level;
import dev.acme53.status.Snapshot.Named;
import dev.acme53.status.Table.Row;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What waits and what has failed.
record WorkSections(Html html, Snapshot shown) {
    private static final int NAMES = 2;

    void write() {
        html.markup("<section>\n<h2>Waiting</h2>\n");
        if (shown.items().isEmpty()) {
            html.markup("<p class=\"calm\">Nothing waits")
                    .markup(shown.namespace().isPresent() ? " in namespace " : "")
                    .text(shown.namespace().orElse(""))
                    .markup(".</p>\n");
        } else {
            new Table<>(List.of("State", "Object", "For", "Since", "Held up by", "Says"), this::item)
                    .write(html, shown.items());
        }
        html.markup("</section>\n");
        shown.challenges().filter(c -> !c.isEmpty()).ifPresent(this::challenges);
    }

    private void challenges(List<ChallengeItem> challenges) {
        html.markup("<section>\n<h2>Challenges</h2>\n");
        new Table<>(List.of("State", "Challenge", "Name", "Since", "Step", "Says"), this::challenge)
                .write(html, challenges);
        html.markup("</section>\n");
    }

    private void item(Row row, Item item) {
        level(row, item.level());
        object(row.cell("name"), item.object());
        row.cell("name");
        item.names().stream()
                .limit(NAMES)
                .forEach(name -> html.markup("<span>").text(name).markup("</span> "));
        if (item.names().size() > NAMES) {
            html.markup("<span class=\"quiet\">and ")
                    .number(item.names().size() - NAMES)
                    .markup(" more</span>");
        }
        row.cell("time").ago(item.since());
        row.cell("name").text(item.where());
        item.nextTry().ifPresent(next -> html.markup("next try ").until(next));
        row.cell("says").text(item.sentence());
    }

    private void challenge(Row row, ChallengeItem item) {
        level(row, item.level());
        object(row.cell("name"), item.object());
        row.cell("name").text(item.dnsName());
        row.cell("time").ago(item.since());
        row.cell().markup(item.step().text());
        row.cell("says").text(item.sentence());
    }

    private static void level(Row row, Level level) {
        row.cell()
                .markup("<span class=\"level ")
                .markup(level.text())
                .markup("\">")
                .markup(level.text())
                .markup("</span>");
    }

    /// With a link to its namespace.
    static void object(Html html, Named object) {
        if (!object.namespace().isEmpty()) {
            html.markup("<a href=\"?namespace=")
                    .text(URLEncoder.encode(object.namespace(), StandardCharsets.UTF_8))
                    .markup("\">")
                    .text(object.namespace())
                    .markup("</a>/");
        }
        html.text(object.name());
        if (!object.kind().equals("Certificate") && !object.kind().equals("Challenge")) {
            html.markup(" <span class=\"quiet\">").text(object.kind()).markup("</span>");
        }
    }
}
