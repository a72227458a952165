package dev.acme53.sim;

/// One element of a change batch.
public record RecordChange(Action action, RecordSet recordSet) {
    /// What is to be done with the record set.
    public enum Action {
        CREATE,
        DELETE,
        UPSERT
    }
}
