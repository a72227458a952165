package dev.acme53.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.aws.CallResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AwsMetersTest {
    private final APage page = new APage();

    @Test
    void callsAreCountedByServiceActionAndResultFromZero() throws Exception {
        var denied = "acme53_aws_calls_total{action=\"GetChange\",result=\"denied\",service=\"route53\"}";
        assertThat(page.value(denied)).isZero();
        page.page().aws().ended("Route53", "GetChange", CallResult.DENIED);
        page.page().aws().ended("route53", "GetChange", CallResult.DENIED);
        assertThat(page.value(denied)).isEqualTo(2);
        page.page().aws().ended("Sts", "AssumeRole", CallResult.OK);
        assertThat(page.value("acme53_aws_calls_total{action=\"AssumeRole\",result=\"ok\",service=\"sts\"}"))
                .isEqualTo(1);
    }

    @Test
    void batchesHaveASizeAndChangesTakeTheirTime() throws Exception {
        page.page().aws().accepted(3);
        page.page().aws().accepted(350);
        page.page().aws().inSync(Duration.ofSeconds(17));
        assertThat(page.value("acme53_route53_batch_records_bucket{le=\"5.0\"}"))
                .isEqualTo(1);
        assertThat(page.value("acme53_route53_batch_records_bucket{le=\"350.0\"}"))
                .isEqualTo(2);
        assertThat(page.value("acme53_route53_batch_records_sum")).isEqualTo(353);
        assertThat(page.value("acme53_route53_insync_seconds_bucket{le=\"15.0\"}"))
                .isZero();
        assertThat(page.value("acme53_route53_insync_seconds_bucket{le=\"20.0\"}"))
                .isEqualTo(1);
    }
}
