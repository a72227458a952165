package dev.acme53.api;

import org.jspecify.annotations.Nullable;

/// A subject alternative name of another type: a UTF8String under a dotted object identifier.
@OmitEmpty
public record OtherName(String oid, String utf8Value) {

    public OtherName(@Nullable String oid, @Nullable String utf8Value) {
        this.oid = Absent.or(oid);
        this.utf8Value = Absent.or(utf8Value);
    }
}
