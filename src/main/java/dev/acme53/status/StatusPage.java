package dev.acme53.status;

import dev.acme53.status.Snapshot.Instance;
import dev.acme53.status.Snapshot.Item;
import dev.acme53.status.Snapshot.Leading;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/// The page as HTML: a pure function of a [Snapshot]. It needs no script, no picture and no other file.
public final class StatusPage {
    /// How often the page loads itself anew, where that is asked for, seconds.
    private static final int EVERY = 10;

    private final Snapshot shown;
    private final boolean keepsLoading;
    private final Html html;

    private StatusPage(Snapshot shown, boolean keepsLoading) {
        this.shown = shown;
        this.keepsLoading = keepsLoading;
        html = new Html(shown.at());
    }

    /// The HTML.
    /// @param keepsLoading whether it loads itself anew every ten seconds
    public static String of(Snapshot shown, boolean keepsLoading) {
        return new StatusPage(shown, keepsLoading).page();
    }

    private String page() {
        html.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
        if (keepsLoading) {
            html.markup("<meta http-equiv=\"refresh\" content=\"" + EVERY + "\">\n");
        }
        html.markup("<title>acme53: ").markup(inShort()).markup("</title>\n");
        html.markup("<style>" + Stylesheet.CSS + "</style>\n</head>\n<body>\n");
        header();
        html.markup("<main>\n");
        tiles();
        new WorkSections(html, shown).write();
        shown.route53().ifPresent(route53 -> new Route53Sections(html, route53).write());
        IssuerSection.write(html, shown.issuers());
        html.markup("</main>\n<footer>Times are UTC; point at one for the full date. Late is what waits for more than ")
                .number(OpenWork.LATE.toMinutes())
                .markup(" minutes. Zones, changes and budgets are those of all namespaces.</footer>\n")
                .markup("</body>\n</html>\n");
        return html.toString();
    }

    private String inShort() {
        var failed = count(true);
        var waiting = count(false);
        return failed + waiting == 0
                ? "nothing waits"
                : failed == 0
                        ? Times.grouped(waiting) + " waiting"
                        : Times.grouped(failed) + " failed, " + Times.grouped(waiting) + " waiting";
    }

    private long count(boolean inTrouble) {
        return shown.items().stream()
                .filter(item -> item.level().isTrouble() == inTrouble)
                .count();
    }

    private void header() {
        html.markup("<header>\n<h1>acme53</h1>\n<p>");
        var instance = shown.instance();
        leading(instance);
        html.markup(" <span class=\"quiet\">Version ")
                .text(instance.version())
                .markup(", up ")
                .ago(instance.started())
                .markup(instance.serves().isPresent() ? ", serves namespace " : ", serves all namespaces")
                .text(instance.serves().orElse(""))
                .markup(".</span></p>\n");
        instance.unready()
                .ifPresent(why ->
                        html.markup("<p class=\"notice\">Not ready: ").text(why).markup("</p>\n"));
        html.markup("<form method=\"get\">\n<label>Namespace <input name=\"namespace\" list=\"namespaces\" value=\"")
                .text(shown.namespace().orElse(""))
                .markup("\" placeholder=\"all\" autocomplete=\"off\"></label>\n<datalist id=\"namespaces\">");
        shown.namespaces().stream()
                .limit(Table.MOST)
                .forEach(n -> html.markup("<option value=\"").text(n).markup("\">"));
        html.markup("</datalist>\n<button>Show</button>\n");
        link("", false, "All namespaces");
        html.markup("\n<span class=\"asof\">As of ").time(shown.at(), Times.clock(shown.at()));
        link(shown.namespace().orElse(""), keepsLoading, "Reload");
        link(
                shown.namespace().orElse(""),
                !keepsLoading,
                keepsLoading ? "Stop reloading" : "Reload every " + EVERY + " s");
        html.markup("</span>\n</form>\n</header>\n");
    }

    private void leading(Instance instance) {
        switch (instance.leading()) {
            case Leading.Here _ -> html.markup("This instance leads.");
            case Leading.Elsewhere(String who) -> {
                html.markup("This instance stands by");
                if (who.isEmpty()) {
                    html.markup("; who leads is not known yet.");
                } else {
                    html.markup("; <b>").text(who).markup("</b> leads.");
                }
                html.markup(" Only the leader's page knows zones, changes and budgets.");
            }
        }
    }

    private void link(String namespace, boolean loading, String words) {
        html.markup(" <a href=\"?");
        if (!namespace.isEmpty()) {
            html.markup("namespace=").text(URLEncoder.encode(namespace, StandardCharsets.UTF_8));
        }
        html.markup(loading ? (namespace.isEmpty() ? "reload" : "&amp;reload") : "")
                .markup("\">")
                .markup(words)
                .markup("</a>");
    }

    /// What is read first.
    private void tiles() {
        html.markup("<ul class=\"tiles\">\n");
        tile(count(true) > 0 ? "bad" : "", Times.grouped(count(true)), "failed");
        var oldest = shown.items().stream()
                .filter(item -> !item.level().isTrouble())
                .map(Item::since)
                .min(Comparator.naturalOrder());
        tile(
                "",
                Times.grouped(count(false)),
                "waiting"
                        + oldest.map(o -> ", the oldest for " + Times.between(o, shown.at()))
                                .orElse(""));
        shown.certificates()
                .ifPresent(c -> tile(
                        "",
                        Times.grouped(c.all() - c.ready()),
                        "of " + Times.count(c.all(), "Certificate") + " not ready"));
        var issuers = shown.issuers();
        var unready = issuers.stream().filter(IssuerSection::isUnready).count();
        if (!issuers.isEmpty()) {
            tile(
                    unready > 0 ? "bad" : "",
                    Times.grouped(unready),
                    "of " + Times.count(issuers.size(), "issuer") + " not ready");
        }
        shown.route53().ifPresent(this::tile);
        html.markup("</ul>\n");
    }

    private void tile(Snapshot.Route53 route53) {
        var waiting = route53.lanes().stream()
                .flatMap(lane -> lane.lines().stream())
                .mapToLong(line -> line.records())
                .sum();
        tile("", Times.grouped(waiting), (waiting == 1 ? "record waits" : "records wait") + " for Route 53");
        tile(
                "",
                Times.grouped(route53.changes().size()),
                (route53.changes().size() == 1 ? "change" : "changes") + " not yet in sync");
    }

    private void tile(String style, String number, String words) {
        html.markup("<li")
                .markup(style.isEmpty() ? "" : " class=\"" + style + "\"")
                .markup("><b>")
                .markup(number)
                .markup("</b> ")
                .markup(words)
                .markup("</li>\n");
    }

    /// The headers that a browser must get with the page, so that nothing in it could run or load.
    public static List<String> contentSecurityPolicy() {
        return List.of(
                "default-src 'none'",
                "style-src '" + Stylesheet.HASH + "'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }
}
