package dev.acme53.bench;

import java.time.Duration;
import java.util.Locale;

/// One row of a result: what was measured, and beside it what nobody can go below (floor), what must be reached and
/// what is aimed at. `NaN` stands for "none".
record Figure(String name, Unit unit, double measured, double floor, double reach, double aim) {
    private static final double MILLION = 1e6;

    /// What a figure counts.
    enum Unit {
        SECONDS("%,.2f s"),
        /// Of 10^6 bytes.
        MEGABYTES("%,.0f MB"),
        COUNT("%,.0f"),
        /// A share of something, such as writes per Certificate.
        AVERAGE("%,.2f");

        private final String format;

        Unit(String format) {
            this.format = format;
        }
    }

    static Figure seconds(String name, Duration measured) {
        return seconds(name, measured.toNanos() / 1e9);
    }

    static Figure seconds(String name, double measured) {
        return bare(name, Unit.SECONDS, measured);
    }

    static Figure bytes(String name, long measured) {
        return bare(name, Unit.MEGABYTES, measured / MILLION);
    }

    static Figure count(String name, long measured) {
        return bare(name, Unit.COUNT, measured);
    }

    static Figure average(String name, long sum, long of) {
        return bare(name, Unit.AVERAGE, (double) sum / of);
    }

    private static Figure bare(String name, Unit unit, double measured) {
        return new Figure(name, unit, measured, Double.NaN, Double.NaN, Double.NaN);
    }

    Figure floor(double value) {
        return new Figure(name, unit, measured, value, reach, aim);
    }

    /// What issue and docs promise.
    Figure bound(double mustReach, double aimedAt) {
        return new Figure(name, unit, measured, floor, mustReach, aimedAt);
    }

    /// Whether it is over what must be reached; one without a measured value is.
    boolean isMissed() {
        return !Double.isNaN(reach) && !(measured <= reach);
    }

    /// A row of a Markdown table.
    String row() {
        return "| %s | %s%s | %s | %s | %s |"
                .formatted(name, text(measured), isMissed() ? " (missed)" : "", text(floor), text(reach), text(aim));
    }

    private String text(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, unit.format, value);
    }
}
