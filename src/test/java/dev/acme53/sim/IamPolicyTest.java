package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.sim.RecordChange.Action;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IamPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "route53:GetChange, arn:aws:route53:::change/C1, true",
        "route53:ChangeResourceRecordSets, arn:aws:route53:::hostedzone/Z1, true",
        "route53:ListResourceRecordSets, arn:aws:route53:::hostedzone/Z1, true",
        "route53:ListHostedZonesByName, *, true",
        "route53:ListHostedZones, *, false",
        "route53:GetHostedZone, arn:aws:route53:::hostedzone/Z1, false",
        "sts:GetCallerIdentity, *, false"
    })
    void theDocumentedPolicyAllowsFourActions(String action, String resource, boolean expected) {
        assertThat(IamPolicy.documented().allows(new IamRequest(action, resource)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "route53:ChangeResourceRecordSets, arn:aws:route53:::hostedzone/Z1, true",
        "route53:ChangeResourceRecordSets, arn:aws:route53:::hostedzone/Z2, false",
        "route53:ListHostedZonesByName, *, false"
    })
    void theNarrowPolicyAllowsOneZoneAndNoLookUp(String action, String resource, boolean expected) {
        assertThat(IamPolicy.documentedFor("Z1").allows(new IamRequest(action, resource)))
                .isEqualTo(expected);
    }

    @Test
    void aDenialWinsOverAnyAllowance() {
        var policy = IamPolicy.everything().denying("route53:Get*", "arn:aws:route53:::change/*");
        assertThat(policy.allows(new IamRequest("route53:GetChange", "arn:aws:route53:::change/C1")))
                .isFalse();
        assertThat(policy.allows(new IamRequest("route53:ListHostedZonesByName", "*")))
                .isTrue();
    }

    @Test
    void conditionsLookAtEveryRecordChange() {
        var policy = IamPolicy.parse("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"route53:ChangeResourceRecordSets",
                 "Resource":"arn:aws:route53:::hostedzone/Z1","Condition":{
                  "ForAllValues:StringEquals":{"route53:ChangeResourceRecordSetsRecordTypes":["TXT"]},
                  "ForAllValues:StringLike":{"route53:ChangeResourceRecordSetsNormalizedRecordNames":"_acme-challenge.*"}}}}""");
        var good = new RecordChange(Action.UPSERT, RecordSet.challenge("_acme-challenge.Example.com", "t"));
        var otherName = new RecordChange(Action.UPSERT, RecordSet.challenge("www.example.com", "t"));
        var otherType =
                new RecordChange(Action.UPSERT, RecordSet.simple("_acme-challenge.example.com", "A", 1, "192.0.2.1"));
        assertThat(policy.allows(Route53Operations.iamRequest("Z1", List.of(good, good))))
                .isTrue();
        assertThat(policy.allows(Route53Operations.iamRequest("Z2", List.of(good))))
                .isFalse();
        assertThat(policy.allows(Route53Operations.iamRequest("Z1", List.of(good, otherName))))
                .isFalse();
        assertThat(policy.allows(Route53Operations.iamRequest("Z1", List.of(good, otherType))))
                .isFalse();
    }

    @Test
    void whatIsNotSimulatedIsRefusedAndNeverIgnored() {
        assertThatThrownBy(() -> IamPolicy.parse("""
                {"Statement":{"Effect":"Allow","NotAction":"*","Resource":"*"}}""")).hasMessageContaining("NotAction");
        assertThatThrownBy(() -> IamPolicy.parse("""
                {"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}}""")).hasMessageContaining("aws:SecureTransport");
    }
}
