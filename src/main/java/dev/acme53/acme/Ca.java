package dev.acme53.acme;

import java.time.InstantSource;

/// One CA as all its accounts share it.
final class Ca {
    private final CaDirectory directory;
    private final CaProvider provider;

    Ca(AcmeServer server, CaHttp http, InstantSource clock) {
        this.directory = new CaDirectory(server.directory(), clock);
        this.provider = new CaProvider(directory, http, clock);
    }

    CaDirectory directory() {
        return directory;
    }

    CaProvider provider() {
        return provider;
    }

    /// One call to this CA, whose failures become values.
    <T> AcmeResult<T> call(AcmeSession session, String action, Call<T> call) {
        session.begin(action);
        try {
            var value = call.run();
            return new AcmeResult.Answer<>(value, session.retryAfter());
        } catch (Exception e) {
            return new AcmeResult.Refused<>(
                    AcmeFailures.of(e, session.status(), session.retryAfter(), directory.url()));
        }
    }

    /// What a call does with acme4j.
    @FunctionalInterface
    interface Call<T> {
        T run() throws Exception;
    }
}
