package dev.acme53.route53;

import dev.acme53.servers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.route53.Route53Client;

/// The room on somebody else's Route 53.
class LocalStackRoute53IT extends Route53Contract {
    private static Route53Client client;

    @BeforeAll
    static void connect() {
        client = TestServers.aws().route53();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Override
    Route53Client route53() {
        return client;
    }
}
