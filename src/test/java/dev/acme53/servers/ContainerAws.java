package dev.acme53.servers;

import java.net.URI;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack's image.
final class ContainerAws implements Aws {
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private final LocalStackContainer container = new LocalStackContainer(IMAGE).withServices("route53", "sts", "iam");

    private final URI endpoint;

    private ContainerAws() {
        container.start();
        endpoint = container.getEndpoint();
    }

    static ContainerAws start() {
        return new ContainerAws();
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        container.close();
    }
}
