package dev.acme53.status;

import dev.acme53.api.Condition;
import dev.acme53.status.Snapshot.IssuerItem;
import dev.acme53.status.Table.Row;
import java.util.List;

/// How issuers stand.
final class IssuerSection {
    private IssuerSection() {}

    static void write(Html html, List<IssuerItem> issuers) {
        html.markup("<section>\n<h2>Issuers</h2>\n");
        if (issuers.isEmpty()) {
            html.markup("<p class=\"calm\">None, or this instance does not watch them.</p>\n");
        } else {
            new Table<IssuerItem>(List.of("State", "Issuer", "CA", "Since", "Says"), IssuerSection::issuer)
                    .write(html, issuers);
        }
        html.markup("</section>\n");
    }

    static boolean isUnready(IssuerItem issuer) {
        return issuer.ready() != Condition.Status.TRUE;
    }

    private static void issuer(Row row, IssuerItem issuer) {
        var state = switch (issuer.ready()) {
            case TRUE -> "ready";
            case FALSE -> "failed";
            case UNKNOWN -> "waiting";
        };
        row.cell()
                .markup("<span class=\"level ")
                .markup(state)
                .markup("\">")
                .markup(state)
                .markup("</span>");
        WorkSections.object(row.cell("name"), issuer.object());
        row.cell("name").text(issuer.ca());
        var time = row.cell("time");
        issuer.since().ifPresent(time::ago);
        row.cell("says").text(issuer.sentence());
    }
}
