package dev.acme53.demo;

/// How far a Certificate has come, and the last thing its objects say about it.
///
/// @param detail empty, or one sentence from a status
record Progress(String certificate, Step step, String detail) {
    /// The steps of one issuance, in their order.
    enum Step {
        APPLIED("applied"),
        KEY("private key made"),
        ORDERED("order open at the CA"),
        RECORD("TXT record written"),
        VALIDATED("validated by the CA"),
        ISSUED("issued");

        private final String text;

        Step(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
