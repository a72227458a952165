package dev.acme53.route53;

import java.time.Duration;

/// Told what becomes of changes. Must not block.
public interface ChangeObserver {
    /// Does not care.
    ChangeObserver NONE = new ChangeObserver() {
        @Override
        public void accepted(int records) {}

        @Override
        public void inSync(Duration taken) {}
    };

    /// Route 53 has accepted a change of so many records.
    void accepted(int records);

    /// A change was found in sync.
    /// @param taken since it was first asked about, which is right after it was accepted
    void inSync(Duration taken);
}
