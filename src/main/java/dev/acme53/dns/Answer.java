package dev.acme53.dns;

import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/// What a server said.
sealed interface Answer {
    /// An answer.
    /// @param records of the answer section, any name and type
    /// @param lifetime how long it may be kept
    record Given(int rcode, List<Record> records, Duration lifetime) implements Answer {
        boolean isPositive() {
            return rcode == Rcode.NOERROR;
        }

        boolean isNoSuchName() {
            return rcode == Rcode.NXDOMAIN;
        }
    }

    /// No answer at all.
    /// @param text who did not answer and why; the same each time
    record None(String text) implements Answer {}
}
