package dev.acme53.status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// How the page looks. It stands in the page itself; the policy lets in exactly this text, by its hash.
final class Stylesheet {
    static final String CSS = """

            :root {
              color-scheme: light dark;
              --page: #fbfaf8; --card: #ffffff; --text: #23272b; --quiet: #626a72; --line: #e4e2dd; --link: #1f5fa8;
              --bad: #a3211b; --bad-back: #fbe9e7; --late: #7a4f00; --late-back: #fdf1d7;
              --wait: #3b4a5a; --wait-back: #e9eef4; --good: #1f6b3a; --good-back: #e5f3ea;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --page: #14171a; --card: #1c2024; --text: #e3e6e9; --quiet: #98a2ac; --line: #30363c; --link: #82b4f0;
                --bad: #ffaaa2; --bad-back: #45211f; --late: #f3cd82; --late-back: #3e3114;
                --wait: #b9c8d8; --wait-back: #283340; --good: #93d9ab; --good-back: #1d3826;
              }
            }
            * { box-sizing: border-box; }
            body {
              margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 84rem;
              background: var(--page); color: var(--text);
              font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
              font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
            }
            h1 { margin: 0; font-size: 1.35rem; font-weight: 650; }
            h2 { margin: 2rem 0 .5rem; font-size: 1.02rem; font-weight: 650; }
            p { margin: .25rem 0; }
            a { color: var(--link); text-decoration: none; }
            a:hover, a:focus { text-decoration: underline; }
            time { cursor: help; white-space: nowrap; }
            .quiet, .asof, .more, footer { color: var(--quiet); }
            .calm { color: var(--quiet); }
            .notice { padding: .5rem .75rem; border-radius: .4rem; background: var(--bad-back); color: var(--bad); }
            form { display: flex; flex-wrap: wrap; gap: .35rem .6rem; align-items: center; margin-top: .6rem; }
            input, button {
              font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
              border-radius: .35rem; padding: .2rem .5rem; max-width: 100%;
            }
            .asof { margin-left: auto; }
            .asof a { margin-left: .5rem; }
            .tiles {
              display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem;
              list-style: none; margin: 1.25rem 0 0; padding: 0;
            }
            .tiles li {
              padding: .6rem .85rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
              color: var(--quiet);
            }
            .tiles b { display: block; font-size: 1.45rem; line-height: 1.25; font-weight: 600; color: var(--text); }
            .tiles .bad b { color: var(--bad); }
            table {
              width: 100%; border-collapse: separate; border-spacing: 0; background: var(--card);
              border: 1px solid var(--line); border-radius: .5rem;
            }
            th, td { text-align: left; vertical-align: top; padding: .45rem .75rem; }
            th { font-size: .85rem; font-weight: 600; color: var(--quiet); white-space: nowrap; }
            tbody td { border-top: 1px solid var(--line); }
            td { unicode-bidi: isolate; }
            td.name { min-width: 11.5rem; max-width: 22rem; }
            td.name span { display: block; }
            td.time { white-space: nowrap; }
            td.says { width: 38%; }
            td.says span { display: block; }
            .level {
              display: inline-block; padding: 0 .5rem; border-radius: .7rem; font-size: .85rem; white-space: nowrap;
              background: var(--wait-back); color: var(--wait);
            }
            .failed, .expired { background: var(--bad-back); color: var(--bad); font-weight: 600; }
            .late { background: var(--late-back); color: var(--late); }
            .ready { background: var(--good-back); color: var(--good); }
            footer { margin-top: 2rem; font-size: .87rem; }
            @media (max-width: 46rem) {
              body { padding: 1rem .75rem 2rem; }
              .asof { margin-left: 0; }
              .tiles { grid-template-columns: 1fr 1fr; gap: .5rem; }
              thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
              table, tbody, tr, td { display: block; width: auto; }
              td.name, td.says { width: auto; min-width: 0; max-width: none; }
              tr { padding: .45rem .75rem; }
              tr + tr { border-top: 1px solid var(--line); }
              td, tbody td { position: relative; padding: .1rem 0 .1rem 6rem; border: 0; min-height: 1.5rem; }
              td:empty { display: none; }
              td::before { content: attr(data-label); position: absolute; left: 0; color: var(--quiet); font-size: .85rem; }
            }
            """;

    /// As a Content-Security-Policy names it.
    static final String HASH = "sha256-" + Base64.getEncoder().encodeToString(sha256(CSS));

    private Stylesheet() {}

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
