package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// Who is told what came of a wish and fails at it.
@Timeout(30)
class ToldTest {
    private final Crowd crowd = new Crowd(new RequestLimits(1000, 0));
    private final Logger logger = (Logger) LoggerFactory.getLogger(ZoneLanes.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        crowd.close();
    }

    @Test
    void whoFailsAtWhatItIsToldIsInTheLogOnceAndTheNextIsTold() {
        var caller = new FakeRoute53().caller("me");
        crowd.lanes.want(caller, "Z1", wanted(1), _ -> {
            throw new IllegalStateException("never foreseen");
        });
        assertThat(Blocking.want(crowd.lanes, caller, "Z1", wanted(2))).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getMessage()).isEqualTo("telling what came of a change failed in a way nobody foresaw");
            assertThat(line.getKeyValuePairs()).hasToString("[hosted_zone_id=\"Z1\"]");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("never foreseen");
        });
    }

    private static WantedRecord wanted(int n) {
        return new WantedRecord(Crowd.record(n, "example.com"), Presence.PRESENT, Merged.NO);
    }
}
