package dev.acme53.status;

import dev.acme53.names.DnsName;
import dev.acme53.route53.AccountBudget;
import dev.acme53.route53.PendingChange;
import dev.acme53.route53.ZoneLane;
import dev.acme53.route53.ZoneLane.Line;
import dev.acme53.status.Snapshot.Route53;
import dev.acme53.status.Table.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Zones, changes and budgets.
record Route53Sections(Html html, Route53 route53) {
    private static final Comparator<ZoneLane> BUSIEST = Comparator.comparing(
                    Route53Sections::records, Comparator.<Long>reverseOrder())
            .thenComparing(ZoneLane::zoneId);
    private static final Comparator<AccountBudget> LEAST =
            Comparator.comparingDouble(AccountBudget::available).thenComparing(AccountBudget::account);

    void write() {
        section(
                "Zones",
                "No zone was written to in the last hour.",
                new Table<>(List.of("Zone", "Waiting", "Open call", "Sent", "Credentials"), this::zone),
                route53.lanes().stream().sorted(BUSIEST).toList());
        section(
                "Changes not yet in sync",
                "None.",
                new Table<>(List.of("Change", "Pending for"), this::change),
                route53.changes().stream()
                        .sorted(Comparator.comparing(PendingChange::since))
                        .toList());
        section(
                "Request budgets",
                "Route 53 was not called yet.",
                new Table<>(List.of("AWS account", "Left", "Comes back", "Wait for it"), this::budget),
                route53.budgets().stream().sorted(LEAST).toList());
    }

    private <T> void section(String title, String none, Table<T> table, List<T> rows) {
        html.markup("<section>\n<h2>").markup(title).markup("</h2>\n");
        if (rows.isEmpty()) {
            html.markup("<p class=\"calm\">").markup(none).markup("</p>\n");
        } else {
            table.write(html, rows);
        }
        html.markup("</section>\n");
    }

    private static long records(ZoneLane lane) {
        return lane.lines().stream().mapToLong(Line::records).sum();
    }

    private void zone(Row row, ZoneLane lane) {
        row.cell("name");
        var name = route53.zoneNames().get(lane.zoneId());
        Optional.ofNullable(name).map(DnsName::text).ifPresent(n -> html.text(n).markup(" "));
        html.markup("<span class=\"quiet\">").text(lane.zoneId()).markup("</span>");
        partition(lane.partition());
        row.cell();
        lane.lines().stream()
                .map(Line::oldest)
                .min(Comparator.naturalOrder())
                .ifPresentOrElse(
                        oldest -> html.markup(Times.count(records(lane), "record"))
                                .markup(", the oldest for ")
                                .ago(oldest),
                        () -> html.markup("none"));
        row.cell();
        lane.next()
                .ifPresent(
                        next -> html.markup("waits for the request budget for ").ago(next.since()));
        lane.open()
                .ifPresent(open -> html.markup(Times.count(open.records(), "record"))
                        .markup(" for ")
                        .ago(open.since()));
        lane.nextTry()
                .ifPresent(next -> html.markup("Route 53 is busy; next try ").until(next));
        row.cell();
        var sent = lane.sent();
        sent.last()
                .ifPresent(last -> html.markup(Times.count(sent.records(), "record"))
                        .markup(" in ")
                        .markup(Times.grouped(sent.batches()))
                        .markup(sent.batches() == 1 ? " batch, " : " batches, the last ")
                        .ago(last)
                        .markup(" ago"));
        row.cell("says");
        lane.lines().stream()
                .map(Line::credentials)
                .sorted()
                .forEach(c -> html.markup("<span>").text(c).markup("</span> "));
    }

    private void partition(String partition) {
        if (!partition.equals("aws")) {
            html.markup(" <span class=\"quiet\">").text(partition).markup("</span>");
        }
    }

    private void change(Row row, PendingChange change) {
        row.cell("name").text(change.changeId());
        partition(change.partition());
        row.cell("time").ago(change.since());
    }

    private void budget(Row row, AccountBudget budget) {
        row.cell("name");
        if (budget.account().isEmpty()) {
            html.markup("not known <span class=\"quiet\">(credentials without a role)</span>");
        } else {
            html.text(budget.account());
        }
        partition(budget.partition());
        row.cell().markup(Times.count((long) budget.available(), "request"));
        row.cell().markup(Times.rate(budget.perSecond())).markup(" a second");
        if (budget.perSecond() < route53.full()) {
            html.markup(" <span class=\"level late\">throttled</span> <span class=\"quiet\">otherwise ")
                    .markup(Times.rate(route53.full()))
                    .markup("</span>");
        }
        row.cell().markup(Times.count(budget.waiting(), "request"));
    }
}
