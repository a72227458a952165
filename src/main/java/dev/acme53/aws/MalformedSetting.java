package dev.acme53.aws;

/// A setting of the environment or the shared files is not what it may be, or cannot be read; the message says which
/// one, without its value.
final class MalformedSetting extends RuntimeException {
    private static final long serialVersionUID = 1;

    final String words;

    MalformedSetting(String words) {
        super(words);
        this.words = words;
    }
}
