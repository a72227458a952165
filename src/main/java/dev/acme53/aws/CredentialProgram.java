package dev.acme53.aws;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A profile's `credential_process`: a command that prints credentials in JSON.
final class CredentialProgram {
    private static final int MOST = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final InstantSource clock;

    CredentialProgram(InstantSource clock) {
        this.clock = clock;
    }

    Fetch fetch(CredentialSource.Program source) {
        var giver = "the program of " + source.words();
        try {
            var process = new ProcessBuilder("sh", "-c", source.command())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            try {
                return output(process, giver);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException _) {
            return new Fetch.Failed(giver + " cannot be run: there is no shell");
        }
    }

    private Fetch output(Process process, String giver) {
        var printed = CompletableFuture.supplyAsync(
                () -> printed(process), task -> Thread.ofVirtual().start(task));
        try {
            var text = printed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Fetch.Failed(giver + " did not end within a minute");
            }
            return process.exitValue() == 0
                    ? CredentialsDocument.read(text, giver, "SessionToken", clock.instant())
                    : new Fetch.Failed(giver + " ended with status " + process.exitValue());
        } catch (TimeoutException _) {
            return new Fetch.Failed(giver + " did not end within a minute");
        } catch (ExecutionException _) {
            return new Fetch.Failed(giver + " did not print credentials");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Fetch.Failed(giver + " was not waited for");
        }
    }

    private static String printed(Process process) {
        try (var out = process.getInputStream()) {
            return new String(out.readNBytes(MOST), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }
}
