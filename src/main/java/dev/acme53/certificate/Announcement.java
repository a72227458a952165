package dev.acme53.certificate;

/// An event about the Certificate.
///
/// @param component the controller of the peer that would say so
record Announcement(String component, boolean warning, String reason, String message) {
    static Announcement normal(String component, String reason, String message) {
        return new Announcement(component, false, reason, message);
    }

    static Announcement warning(String component, String reason, String message) {
        return new Announcement(component, true, reason, message);
    }
}
